"""The filing of stored face data with the authority: due from a number of people on, and what was filed (R-36)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class FaceFiling(models.Model):
    """Opened by the count of people, filled by compliance; or recorded at once, where it is filed sooner or again after a change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    people = models.PositiveIntegerField(_("people with stored face data"))  # when it was opened; at the filing, once filed
    opened_on = models.DateField(_("opened"))
    due_on = models.DateField(_("due"), null=True, blank=True)  # none where nothing demanded it
    filed_on = models.DateField(_("filed"), null=True, blank=True)
    authority = models.CharField(_("authority"), max_length=100, blank=True)
    reference = models.CharField(_("number of the filing"), max_length=100, blank=True)
    assessment = models.CharField(_("impact assessment"), max_length=100, blank=True)  # its reference
    recorded_by = models.CharField(_("recorded by"), max_length=150, blank=True)  # a copy: the row outlives the account

    class Meta:
        verbose_name = _("filing of face data")
        verbose_name_plural = _("filings of face data")
        ordering = ["-opened_on", "pk"]
        default_permissions = ()
        constraints = [
            # the count opens one, however many workers count
            models.UniqueConstraint(fields=["due_on"], condition=models.Q(filed_on__isnull=True), name="face_filing_open"),
            models.CheckConstraint(
                condition=models.Q(filed_on__isnull=True) | ~models.Q(authority="", reference=""), name="face_filing_says_where"
            ),
        ]
