"""What can be of a dealer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class DealerStatus(models.TextChoices):
    """A dealer's standing: active ⇄ suspended."""

    ACTIVE = "active", _("Allowed to act")
    SUSPENDED = "suspended", _("Stopped until reviewed")  # none of its clerks may act until somebody has looked


DEALER_MOVES = Machine({DealerStatus.ACTIVE: {DealerStatus.SUSPENDED}, DealerStatus.SUSPENDED: {DealerStatus.ACTIVE}})


class DealerReason(models.TextChoices):
    """Why a dealer is suspended or reinstated (R-08)."""

    QUALITY = "quality", _("Too many of its registrations are wrong")
    CONTRACT = "contract", _("It broke its contract")
    INVESTIGATION = "investigation", _("Its registrations are being looked into")
    CLEARED = "cleared", _("The review found nothing against it")
    MENDED = "mended", _("It has mended what was wrong")

    @classmethod
    def against(cls) -> tuple["DealerReason", ...]:
        """Those for a suspension; the others are for its end."""
        return (cls.QUALITY, cls.CONTRACT, cls.INVESTIGATION)
