"""An authority's or court's order, or a dispute, for which data are kept although their time is over."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models.application import Application
from registration.models.line import Line
from registration.models.person import Person


class LegalHoldQuerySet(models.QuerySet):
    """Adjectives of holds."""

    def acting(self, at: datetime) -> "LegalHoldQuerySet":
        """In force at a moment, as far as is known now."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), placed_at__lte=at, lifted_at__isnull=True)

    def covers(self, *, person: str, application: str) -> Q:
        """What these hold: a hold of a person all of theirs; one of an application or line what belongs to that application.

        `person` and `application` are the fields that lead from the rows in question to the two.
        """
        held = Q(**{f"{person}__in": self.filter(application=None, line=None).values("person_id")})
        held |= Q(**{f"{application}__in": self.exclude(application=None).values("application_id")})
        return held | Q(**{f"{application}__in": self.exclude(line=None).values("line__application_id")})


class LegalHold(models.Model):
    """Wins over every clock and every wish to delete. Of a whole person, or of one application or line of theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_holds", verbose_name=_("person"))
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds")
    line = models.ForeignKey(Line, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.CharField(_("reason"), max_length=500)
    authority_reference = models.CharField(_("reference of the authority"), max_length=100)
    placed_at = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    placed_by_id = models.CharField(max_length=64)
    placed_by_name = models.CharField(_("placed by"), max_length=150)  # a copy: the row outlives the account
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by_id = models.CharField(max_length=64, blank=True)
    lifted_by_name = models.CharField(_("lifted by"), max_length=150, blank=True)
    lift_reason = models.CharField(_("reason of the lifting"), max_length=500, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(application__isnull=True) | Q(line__isnull=True), name="legal_hold_has_one_scope"),
            # who placed it does not lift it
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_by_id=models.F("placed_by_id")), name="legal_hold_lifted_by_another"
            ),
        ]

    @property
    def is_acting(self) -> bool:
        """In force now?"""
        return self.lifted_at is None and (self.until is None or self.until > timezone.now())
