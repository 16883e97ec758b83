"""The trail as a Django app."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """Connects the correlation signals, the start-up check and the database grants."""

    name = "realname.trail"
    label = "trail"
    verbose_name = _("Audit trail")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what listens to Django and Celery."""
        from realname.trail import correlation, events, grants, partitions  # noqa: F401
        from realname.trail.checks import check_listeners

        checks.register(check_listeners, checks.Tags.compatibility)
        post_migrate.connect(partitions.after_migrate, sender=self, dispatch_uid="realname.trail.partitions")
        post_migrate.connect(grants.after_migrate, sender=self, dispatch_uid="realname.trail.grants")
