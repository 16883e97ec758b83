"""Who may sign in, and as what."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Staff accounts, roles and sign-in."""

    name = "realname.access"
    label = "access"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Make known what this room says, write sign-ins down, and keep groups in step with roles."""
        from realname.access import events, roles, sign_in_trail

        assert events  # imported for what it registers  # noqa: S101
        post_migrate.connect(roles.after_migrate, dispatch_uid="access.sync_groups")
        sign_in_trail.connect()
