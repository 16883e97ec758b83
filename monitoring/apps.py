"""Stage 5: how well does it run?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """KPIs folded from the trail, and the health of the system itself."""

    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        """Make known what this stage does by the clock."""
        from monitoring import tasks  # noqa: F401
