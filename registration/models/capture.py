"""A photograph or recording the person took."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.fields import EncryptedJSONField
from realname.vault.models import EncryptedFile
from registration.documents.base import Image
from registration.documents.relation import relation_image
from registration.models.application import Application
from registration.models.challenge import Challenge
from registration.models.dealer import ShopWitness
from registration.models.identity import Identity
from registration.models.person import Person
from registration.states import CaptureKind, CaptureStatus


class CaptureQuerySet(models.QuerySet):
    """Adjectives of captures."""

    def current(self) -> "CaptureQuerySet":
        """Not replaced by a later one."""
        return self.filter(superseded_at__isnull=True)

    def as_sent(self) -> "CaptureQuerySet":
        """Not cleaned yet, and not erased."""
        return self.filter(cleaned_at__isnull=True, file__erased_at__isnull=True)


class Capture(models.Model):
    """A photograph or recording. Its file is encrypted; what was read from it fills the form for the person to correct."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="captures")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="captures")
    kind = models.CharField(_("kind"), max_length=24, choices=CaptureKind.choices)
    file = models.OneToOneField(EncryptedFile, on_delete=models.PROTECT, related_name="+")
    # what was asked for, where the server asked for something: movements, or digits to read aloud
    challenge = models.OneToOneField(Challenge, null=True, blank=True, on_delete=models.PROTECT, related_name="capture")
    # taken by a clerk on a visit to a shop: who, where, on which device
    witness = models.ForeignKey(ShopWitness, null=True, blank=True, on_delete=models.PROTECT, related_name="photographs")
    digest = models.CharField(max_length=64)  # SHA-256 of the stored picture: the checks' input digest
    sent_digest = models.CharField(max_length=64)  # of the bytes as they were sent: the same sent again is the same capture
    # when our own encoding took the place of the bytes as sent; empty: nobody may see them, and nobody has decoded them
    cleaned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=CaptureStatus.choices, default=CaptureStatus.PENDING)
    findings = models.JSONField(default=list, blank=True)  # codes of what is wrong with it, worst first
    reading = EncryptedJSONField(null=True)  # fields read from it: {field: {"text": …, "confidence": 0..1}}
    read_at = models.DateTimeField(null=True, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)  # first looks begun: those that never came back count too
    look_until = models.DateTimeField(null=True, blank=True)  # until when a worker is believed to be looking

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=models.Q(superseded_at__isnull=True), name="capture_current_once"
            ),
        ]

    def vault_person_id(self) -> uuid.UUID:
        """The key of whom it shows encrypts what was read."""
        return self.person_id

    @property
    def identity(self) -> Identity:
        """The party whose document it shows."""
        return self.application.party(CaptureKind(self.kind).party)

    @property
    def image(self) -> Image | None:
        """The photograph it is, by the type of document; None where that type has none of the kind, or it shows a person."""
        if self.kind == CaptureKind.RELATION:
            return relation_image(self.application.representation)
        return self.identity.document.image(CaptureKind(self.kind).place)
