"""What can be: the levels of risk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RiskLevel(models.TextChoices):
    """How much care an application needs, from the least. A level never refuses by itself: it only brings a person in (R-29)."""

    LOW = "low", _("Low")  # nothing unusual
    MEDIUM = "medium", _("Medium")  # worth noting, no reason to stop
    HIGH = "high", _("High")  # a reviewer judges, and a second one
    CRITICAL = "critical", _("Critical")  # a senior reviewer judges, and a second one

    @classmethod
    def needs_review(cls) -> tuple["RiskLevel", ...]:
        """Those that no automatic approval may pass (P-VER-3)."""
        return (cls.HIGH, cls.CRITICAL)
