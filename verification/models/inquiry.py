"""A question put to a source, once: what it cost, what was answered, how fresh it is."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models import Application, Person
from verification.sources.base import Fact, SourceAnswer
from verification.sources.outcomes import Outcome


class InquiryQuerySet(models.QuerySet):
    """Adjectives of inquiries."""

    def since(self, moment: datetime) -> "InquiryQuerySet":
        """Asked since then."""
        return self.filter(asked_at__gte=moment)

    def fresh(self, *, hours: int) -> "InquiryQuerySet":
        """Answered so lately that the answer still holds."""
        return self.filter(answered_at__gt=timezone.now() - timedelta(hours=hours))


class Inquiry(models.Model):
    """One question to one source (P-VER-2). The row is written before the question leaves, so that what was asked is always known.

    `question_index` and `subject_index` are blind indexes of all that was asked and of the ID number: equal ones are the same
    question and the same person. `answered_at` stays empty until an answer came that holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inquiries")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("application"))
    fact = models.CharField(_("fact"), max_length=16, choices=Fact.choices)
    source = models.CharField(_("source"), max_length=32)
    request_key = models.CharField(max_length=64)
    question_index = models.CharField(max_length=64, null=True)  # noqa: DJ001 - forgotten with the person
    subject_index = models.CharField(max_length=64, null=True)  # noqa: DJ001
    cents = models.PositiveIntegerField(_("cents"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=32, choices=Outcome.choices, blank=True)
    lines = models.PositiveIntegerField(null=True)
    portrait = models.CharField(max_length=16, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        constraints = [models.UniqueConstraint(fields=["source", "request_key"], name="inquiry_once_per_key")]
        indexes = [
            models.Index(fields=["question_index", "answered_at"], condition=Q(answered_at__isnull=False), name="inquiry_by_question"),
            models.Index(fields=["subject_index", "asked_at"], name="inquiry_by_subject"),
            models.Index(fields=["source", "asked_at"], include=["cents"], name="inquiry_by_source"),
        ]

    def answer(self) -> SourceAnswer:
        """What was answered."""
        return SourceAnswer(
            outcome=Outcome(self.outcome),
            source=self.source,
            digest=self.digest,
            milliseconds=self.milliseconds or 0,
            asked_at=self.asked_at,
            reference=self.reference,
            attempts=self.attempts,
            lines=self.lines,
            portrait=self.portrait,
        )
