"""Where the floors' faces are joined into one site."""

from django.contrib import admin
from django.urls import include, path

handler400 = "realname.ui.errors.bad_request"
handler403 = "realname.ui.errors.forbidden"
handler404 = "realname.ui.errors.not_found"
handler500 = "realname.ui.errors.server_error"

urlpatterns = [
    path("", include("realname.health")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("realname.ui.urls")),
    path("", include("registration.web.urls")),
    path("account/", include("registration.web.account.urls")),
    path("", include("registration.api.urls")),
    path("api/registration/v1/", include("registration.api.v1.urls")),
    path("", include("verification.web.urls")),
    path("", include("changes.web.urls")),
    path("", include("realname.metrics")),
]
