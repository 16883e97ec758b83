"""Staff: the only people with accounts in Django's sense. Applicants never are."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.ids.characters import is_han


class Role(models.TextChoices):
    """What a staff member is for. Each role is a group of named permissions of the same name (roles.py)."""

    REVIEWER = "reviewer", _("Reviewer")  # judges applications and changes
    SENIOR_REVIEWER = "senior_reviewer", _("Senior reviewer")  # second pair of eyes, high risk
    RISK_OFFICER = "risk_officer", _("Risk officer")  # alerts, restrictions, appeals
    COMPLIANCE = "compliance", _("Compliance officer")  # KPIs, policy, audit
    CLERK = "clerk", _("Clerk")  # assists applicants in a shop
    ENTERPRISE_CLERK = "enterprise_clerk", _("Clerk for organisations")  # enterprise lines, lists of people
    ADMINISTRATOR = "administrator", _("Administrator")  # staff accounts; sees no personal data


class StaffManager(UserManager):
    """Makes staff. There is no superuser: nobody may do everything (P-ALL-1)."""

    use_in_migrations = False

    def _create_user_object(self, username: str, email: str | None, password: str | None, **fields: Any) -> "Staff":
        fields.pop("is_superuser", None)
        return super()._create_user_object(username, email, password, **fields)

    def create_superuser(self, username: str, email: str | None = None, password: str | None = None, **fields: Any) -> "Staff":
        """What `manage.py createsuperuser` makes: the first administrator, who appoints the others."""
        return self.create_user(username, email, password, **{**fields, "is_staff": True, "role": Role.ADMINISTRATOR})


class Staff(AbstractUser):
    """A staff member. What they may do follows from the role alone."""

    # removes the column of AbstractUser: no account passes every permission check
    is_superuser = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(_("role"), max_length=32, choices=Role.choices, blank=True)

    objects = StaffManager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")

    def get_full_name(self) -> str:
        """Family name first, and together, where the name is written in Chinese."""
        return f"{self.last_name}{self.first_name}" if is_han(self.last_name[:1] or " ") else super().get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the group in step with the role."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if fields is None or "role" in fields:
            from realname.access.roles import join_group

            join_group(self)
