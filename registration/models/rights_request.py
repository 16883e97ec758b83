"""A person asks for what the law gives them over their data (R-31)."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.fields import EncryptedTextField
from registration.models.application import Application
from registration.models.person import Person
from registration.states import RIGHTS_MOVES, RightsKind, RightsStatus

# no 0/O, 1/I/L: people read it out on the telephone
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_rights_reference() -> str:
    """A reference people can read out, e.g. `RR-7K2M9QXH`."""
    return "RR-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


class RightsRequestQuerySet(models.QuerySet):
    """Adjectives of requests."""

    def open(self) -> "RightsRequestQuerySet":
        """Waiting for an answer."""
        return self.filter(status=RightsStatus.RECEIVED)

    def overdue(self) -> "RightsRequestQuerySet":
        """Waiting past the day by which the answer was due."""
        return self.open().filter(due_at__lt=timezone.now())


class RightsRequest(StateMixin, models.Model):
    """One request, its deadline and its answer. It belongs to compliance until it is answered."""

    machine = RIGHTS_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_rights_reference)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(_("kind"), max_length=16, choices=RightsKind.choices)
    status = models.CharField(_("status"), max_length=16, choices=RightsStatus.choices, default=RightsStatus.RECEIVED)
    # of an explanation or an objection: which decision
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="rights_requests")
    words = EncryptedTextField(null=True)  # the person's own
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)  # a copy: the row outlives the account
    reason = models.CharField(_("reason"), max_length=32, blank=True)  # of a refusal: a code of registration/rights.py
    answer = EncryptedTextField(null=True)  # what compliance wrote to the person

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["status", "due_at"], name="rights_request_by_deadline")]

    def __str__(self) -> str:
        return self.reference

    def vault_person_id(self) -> uuid.UUID:
        """The person's key encrypts what was written."""
        return self.person_id

    @property
    def overdue(self) -> bool:
        """Is its answer late?"""
        return self.status == RightsStatus.RECEIVED and self.due_at < timezone.now()
