"""Stage 3: is it safe?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    """Grading of applications by rules."""

    name = "risk"
    verbose_name = _("Risk")

    def ready(self) -> None:
        """Make known what this stage says, hears and may be set."""
        from risk import events, listeners, policy  # noqa: F401
