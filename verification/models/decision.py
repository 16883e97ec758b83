"""The outcome, with reasons, of checks or of a reviewer."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.models import Application, Person
from verification.states import Outcome


class Decision(models.Model):
    """A decision on one round: automatic ones are one a round; a reviewer's follow it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField()
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    reasons = models.JSONField(_("reasons"), default=list)  # codes of verification/reasons.py, gravest first
    items = models.JSONField(default=list, blank=True)  # what is asked for again
    handed_on = models.JSONField(default=list, blank=True)  # captures that the first look refused and the person handed on (P-REG-7)
    risk_level = models.CharField(_("risk level"), max_length=16, blank=True)
    policy_version = models.PositiveIntegerField()
    automatic = models.BooleanField(_("automatic"), default=True)
    decided_by = models.CharField(_("decided by"), max_length=64)
    note = models.CharField(_("note for staff"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round"], condition=models.Q(automatic=True), name="decision_automatic_once_per_round"
            )
        ]
