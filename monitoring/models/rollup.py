"""What was counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rollup(models.Model):
    """Of one day, KPI and set of dimensions: how many, and of what was measured the sum and the histogram.

    `dimensions` is canonical text, e.g. `kind=face_match,status=passed`. `buckets` counts measured values by the index of
    their bucket (kpis/histogram.py). Nothing personal can get in: dimensions are codes.
    """

    generation = models.PositiveIntegerField()
    day = models.DateField(_("day"))
    kpi = models.CharField(_("KPI"), max_length=64)
    dimensions = models.CharField(_("dimensions"), max_length=200, blank=True)
    count = models.BigIntegerField(_("count"), default=0)
    measured = models.BigIntegerField(_("measured"), default=0)
    total = models.BigIntegerField(_("total"), default=0)
    buckets = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("rollup")
        verbose_name_plural = _("rollups")
        constraints = [models.UniqueConstraint(fields=["generation", "day", "kpi", "dimensions"], name="rollup_once")]

    def dimension(self, name: str) -> str:
        """The value of one dimension, or nothing."""
        parts = dict(part.split("=", 1) for part in self.dimensions.split(",") if part)
        return parts.get(name, "")


class Kpis(Rollup):
    """The page of live KPIs: gives it its place and its permission in the admin."""

    class Meta:
        proxy = True
        verbose_name = _("live KPIs")
        verbose_name_plural = _("live KPIs")
