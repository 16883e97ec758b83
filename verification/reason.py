"""What a reason is."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """Whose it is."""

    USER_FIXABLE = "user_fixable", _("The person can mend it")
    MISMATCH = "mismatch", _("Mismatch")
    SOURCE = "source", _("Source")
    OUR_FAULT = "our_fault", _("Our fault")
    ROUTINE = "routine", _("Routine")


@dataclass(frozen=True)
class Reason:
    """One reason, in two texts."""

    code: str
    cause: Cause
    person: Promise
    staff: Promise
