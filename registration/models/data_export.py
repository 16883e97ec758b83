"""A copy of a person's data, made for them to take away."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.vault.models import EncryptedFile
from registration.models.person import Person


class DataExportQuerySet(models.QuerySet):
    """Adjectives of exports."""

    def waiting(self) -> "DataExportQuerySet":
        """Asked for, not made yet."""
        return self.filter(ready_at__isnull=True, ended_at__isnull=True)

    def ready(self) -> "DataExportQuerySet":
        """To be taken."""
        return self.filter(ready_at__isnull=False, ended_at__isnull=True, expires_at__gt=timezone.now())

    def stale(self) -> "DataExportQuerySet":
        """Made and not taken in time: to be erased."""
        return self.filter(ready_at__isnull=False, ended_at__isnull=True, expires_at__lte=timezone.now())


class DataExport(models.Model):
    """One copy: made in the background, taken once, erased when taken or when its short time is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_exports")
    file = models.OneToOneField(EncryptedFile, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    requested_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)  # times a worker began: one that never came back counts too
    busy_until = models.DateTimeField(null=True, blank=True)  # until when a worker is believed to be at it
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # taken, expired, given up
    end = models.CharField(max_length=16, blank=True)  # "taken", "expired", "disowned", "failed"

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        ordering = ["-requested_at"]
