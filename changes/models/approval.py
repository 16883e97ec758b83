"""One approver's yes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from changes.models.change_request import ChangeRequest
from registration.models import Person


class Approval(models.Model):
    """One approver's yes to one change, once (P-CHG-3): the database refuses a second."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="change_approvals")
    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="change_approvals")
    step = models.PositiveSmallIntegerField(_("step"))
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["change", "approver"], name="approval_once_per_approver"),
            models.UniqueConstraint(fields=["change", "step"], name="approval_once_per_step"),
        ]
