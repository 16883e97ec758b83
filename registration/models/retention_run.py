"""What the daily erasure did, by rule and day; and when it stopped because the clock may be wrong."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """One rule on one day, or one dry run of it. Its counters are written with each erasure: a killed run goes on where it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(_("rule"), max_length=40)
    dry = models.BooleanField(_("dry run"), default=False)
    day = models.DateField(_("day"))
    as_of = models.DateTimeField(_("as of"))  # the moment by which it is judged what is due, however long the run takes
    cursor = models.UUIDField(null=True)  # the last person looked at
    due = models.PositiveIntegerField(_("due"), default=0)  # rows
    erased = models.PositiveIntegerField(_("erased"), default=0)
    held = models.PositiveIntegerField(_("held"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)  # of persons whose erasure raised: tried again the next day
    oldest = models.DateTimeField(_("oldest"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering = ["-as_of", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "day"], condition=models.Q(dry=False), name="retention_run_once_a_day"),
        ]


# how long a confirmation holds: who confirmed saw the clock of that day
CONFIRMED_FOR = timedelta(days=1)


class RetentionStopQuerySet(models.QuerySet):
    """Adjectives of stops."""

    def waiting(self, at: datetime, *, gap: timedelta) -> "RetentionStopQuerySet":
        """Of the newest run there was, more than `gap` ago, and not confirmed (any more): nothing is erased."""
        newest = RetentionRun.objects.filter(dry=False).order_by("-as_of").values("as_of")[:1]
        found = self.filter(last_run=models.Subquery(newest), last_run__lt=at - gap)
        return found.exclude(confirmed_at__gt=at - CONFIRMED_FOR, confirmed_at__lte=at)


class RetentionStop(models.Model):
    """The clock was far ahead of the last run: nothing is erased until compliance confirms that it is right.

    Who answered what, and why, stands in the trail (`registration/retention/stops.py`); the row has what the next run must know.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    last_run = models.DateTimeField(_("last run"), unique=True)
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = RetentionStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop of the retention")
        verbose_name_plural = _("stops of the retention")
        ordering = ["-found_at"]
