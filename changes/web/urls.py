"""The person's pages of this stage."""

from django.urls import path

from changes.web.stop import stop

app_name = "changes"
urlpatterns = [path("changes/stop", stop, name="stop")]
