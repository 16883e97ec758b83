"""Staff: the only people with accounts in Django's sense. Applicants never are."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a staff member is for. Each role is a group of named permissions of the same name."""

    REVIEWER = "reviewer", _("Reviewer")  # judges applications and changes
    SENIOR_REVIEWER = "senior_reviewer", _("Senior reviewer")  # second pair of eyes, high risk
    RISK_OFFICER = "risk_officer", _("Risk officer")  # alerts, restrictions, appeals
    COMPLIANCE = "compliance", _("Compliance officer")  # KPIs, policy, audit
    CLERK = "clerk", _("Clerk")  # assists applicants in a shop
    ADMINISTRATOR = "administrator", _("Administrator")  # staff accounts; sees no personal data


class Staff(AbstractUser):
    """A staff member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(_("role"), max_length=32, choices=Role.choices, blank=True)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
