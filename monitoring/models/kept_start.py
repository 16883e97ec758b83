"""What a KPI must remember between two events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptStart(models.Model):
    """When something began whose end is not seen yet, e.g. a submission that awaits its decision. Ids only, nothing personal."""

    generation = models.PositiveIntegerField()
    kpi = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept start")
        verbose_name_plural = _("kept starts")
        constraints = [models.UniqueConstraint(fields=["generation", "kpi", "subject_id"], name="kept_start_once")]
