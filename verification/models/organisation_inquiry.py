"""A question to the register of enterprises about an organisation, and what came of it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models import Organisation
from verification.sources.enterprises import EnterpriseOutcome


class OrganisationInquiry(models.Model):
    """One question: name, code and legal representative as `question_index` (a blind index) has them.

    `answered_at` stays empty until an answer came; until then `failure` says why not, and it is asked again at `next_try_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("organisation"))
    question_index = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=32, choices=EnterpriseOutcome.choices, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("inquiry about an organisation")
        verbose_name_plural = _("inquiries about organisations")
        constraints = [
            # one question of an organisation waits once
            models.UniqueConstraint(
                fields=["organisation", "question_index"],
                condition=models.Q(answered_at__isnull=True),
                name="organisation_inquiry_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(answered_at__isnull=True), name="organisation_inquiry_due"),
        ]
