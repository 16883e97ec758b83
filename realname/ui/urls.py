"""The ground's own pages."""

from django.urls import path

from realname.ui import stylebook, views

app_name = "ui"
urlpatterns = [
    path("ui/", stylebook.stylebook, name="stylebook"),
    path("ui/larger-type", views.larger_type, name="larger_type"),
]
