"""Who may sign in, and as what."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Staff accounts, roles and sign-in."""

    name = "realname.access"
    label = "access"
