"""What all pages share."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Template tags, context, error pages."""

    name = "realname.ui"
    label = "ui"
