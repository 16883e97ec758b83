"""A wish to alter a record."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changes.states import CHANGE_MOVES, ChangeKind, ChangeStatus
from realname.states import StateMixin
from realname.vault.fields import EncryptedTextField
from registration.models import Person

# no 0/O, 1/I/L: people read it out on the telephone
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_change_reference() -> str:
    """A reference people can read out, e.g. `CH-7K2M9QXH` (31^8 of them)."""
    return "CH-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


class ChangeRequestQuerySet(models.QuerySet):
    """Adjectives of change requests."""

    def open(self) -> "ChangeRequestQuerySet":
        """Still on their way."""
        return self.filter(status__in=ChangeStatus.open())

    def untold(self) -> "ChangeRequestQuerySet":
        """Checked, and the old contact is yet to be told."""
        return self.filter(status=ChangeStatus.CHECKED)

    def due(self) -> "ChangeRequestQuerySet":
        """Approved, and the time to stop them is over."""
        return self.filter(status=ChangeStatus.APPROVED, cooling_off_until__lte=timezone.now())

    def stale(self) -> "ChangeRequestQuerySet":
        """Never proven, and past their time."""
        return self.filter(status=ChangeStatus.REQUESTED, expires_at__lt=timezone.now())


class ChangeRequest(StateMixin, models.Model):
    """A wish to alter a record, with what was, what shall be, and on what evidence (P-CHG-1). Kept for ever: the archive."""

    machine = CHANGE_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_change_reference)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="change_requests")
    kind = models.CharField(_("kind"), max_length=24, choices=ChangeKind.choices)
    status = models.CharField(_("status"), max_length=24, choices=ChangeStatus.choices, default=ChangeStatus.REQUESTED)
    before = EncryptedTextField(null=True)
    after = EncryptedTextField()
    evidence = models.JSONField(default=list, blank=True)  # [{"kind", "id"}]: what the request rests on, by reference
    reason = models.CharField(_("reason"), max_length=500, blank=True)  # why it was refused or stopped

    # copies, as in the trail: who asked stays readable whoever leaves
    requested_by_id = models.CharField(max_length=64)
    requested_by_name = models.CharField(_("requested by"), max_length=150, blank=True)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(_("proven at"), null=True, blank=True)
    told_at = models.DateTimeField(_("old contact told at"), null=True, blank=True)
    contact_unreachable = models.BooleanField(_("old contact unreachable"), default=False)
    cooling_off_until = models.DateTimeField(_("can be stopped until"), null=True, blank=True)
    stop_attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(status__in=[str(s) for s in ChangeStatus.open()]),
                name="change_open_once_per_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "cooling_off_until"], name="change_by_status"),
            models.Index(fields=["person", "kind", "ended_at"], name="change_history"),
        ]

    def __str__(self) -> str:
        return self.reference

    def vault_person_id(self) -> uuid.UUID:
        """The person's key encrypts what was and what shall be."""
        return self.person_id
