"""The risk grade of one round of an application."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models import Application, Person
from risk.states import RiskLevel


class Score(models.Model):
    """A grade with its reasons and the policy it was given under (P-VER-3, R-14). Internal: never shown to the person (R-44)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scores")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scores", verbose_name=_("application"))
    round = models.PositiveIntegerField(_("round"))
    level = models.CharField(_("risk level"), max_length=16, choices=RiskLevel.choices)
    points = models.PositiveIntegerField(_("points"))
    reasons = models.JSONField(_("reasons"), default=list)  # codes of the rules that hit, heaviest first (risk/reasons.py)
    hits = models.JSONField(_("hits"), default=list)  # [{"code", "points", "count", "threshold"}]: what fired, by how much
    policy_version = models.PositiveIntegerField(_("policy version"))
    graded_at = models.DateTimeField(_("graded at"), default=timezone.now)

    class Meta:
        verbose_name = _("risk score")
        verbose_name_plural = _("risk scores")
        ordering = ["-graded_at"]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="score_once_per_round")]
        indexes = [models.Index(fields=["level", "graded_at"], name="score_by_level")]
