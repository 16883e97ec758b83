"""The staff's site: unfold's admin, open only to staff whose second factor is verified (P-ALL-1)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from realname.access import menu, second_factor
from realname.access.enrolment import EnrolmentForm, next_page
from realname.access.guards import is_staff_member, may_enter
from realname.access.qr import qr_svg
from realname.access.sign_in import SignInForm

# Kept by roles and by our own pages: their forms would go around both.
NOT_SHOWN = {
    "auth.group",
    "otp_totp.totpdevice",
    "otp_static.staticdevice",
    # kept by `manage.py api_client`
    "oauth2_provider.application",
    "oauth2_provider.accesstoken",
    "oauth2_provider.grant",
    "oauth2_provider.idtoken",
    "oauth2_provider.refreshtoken",
    "oauth2_provider.devicegrant",
}


class StaffSite(UnfoldAdminSite):
    """Sign-in with a second factor, set up at the first sign-in; a content policy that lets unfold's Alpine run."""

    login_form = SignInForm
    login_template = "admin/login.html"
    index_title = _("Staff desk")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.login_form = SignInForm

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django's, without the models that have pages of our own."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        super().register([model for model in models if model._meta.label_lower not in NOT_SHOWN], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff with a verified second factor."""
        return may_enter(request.user)

    def extra_urls(self) -> list[URLPattern]:
        """Where the second factor is set up."""
        return [path("second-factor/", self.second_factor, name="second_factor")]

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What this role may open."""
        return menu.for_request(request, is_active=self._get_is_active)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """As Django's, with the admin's content policy."""
        inner = super().admin_view(view, cacheable)

        def relaxed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return self.relax_csp(inner(request, *args, **kwargs))

        # what Django reads on a view: whether it checks CSRF itself
        relaxed.__dict__.update(inner.__dict__)
        return relaxed

    def relax_csp(self, response: HttpResponse) -> HttpResponse:
        """Public pages stay strict: only what this site renders gets the additions."""
        response._csp_update = settings.ADMIN_CSP_ADDITIONS
        return response

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign in; who has no second factor yet goes on to set one up."""
        if request.method == "GET" and is_staff_member(request.user) and not second_factor.has_device(request.user):
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{request.GET.urlencode()}")
        return self.relax_csp(super().login(request, {"title": _("Sign in"), **(extra_context or {})}))

    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """Show the secret as a QR code and take the first code. Only for who is signed in and has none yet."""
        return self.relax_csp(never_cache(self._second_factor)(request))

    def _second_factor(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_member(request.user):
            return HttpResponseRedirect(reverse("admin:login"))
        if second_factor.has_device(request.user):
            return HttpResponseRedirect(reverse("admin:index" if self.has_permission(request) else "admin:login"))
        device = second_factor.begin_enrolment(request.user)
        form = EnrolmentForm(request.POST if request.method == "POST" else None, request=request)
        if form.is_valid():
            return HttpResponseRedirect(next_page(request))
        context = {
            **self.each_context(request),
            "title": _("Set up your second factor"),
            "form": form,
            "qr": qr_svg(device.config_url, label=_("QR code of your secret key")),
            "secret": EnrolmentForm.readable_secret(device),
            "next": request.GET.get("next", request.POST.get("next", "")),
        }
        return TemplateResponse(request, "admin/second_factor.html", context)
