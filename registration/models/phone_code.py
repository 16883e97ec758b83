"""A one-time code for a phone number."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models.application import Application
from registration.models.person import Person
from registration.states import CodePurpose


class PhoneCodeQuerySet(models.QuerySet):
    """Adjectives of codes."""

    def live(self) -> "PhoneCodeQuerySet":
        """Those that may still be accepted."""
        return self.filter(used_at__isnull=True, superseded_at__isnull=True, expires_at__gt=timezone.now())


class PhoneCode(models.Model):
    """A one-time code. Its digits are not stored: they are derived from its id and the server's key (services/phone_digits.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phone_codes")
    purpose = models.CharField(max_length=16, choices=CodePurpose.choices, default=CodePurpose.REGISTRATION)
    # of a registration; a code to sign in has none
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="phone_codes", null=True, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    phone = EncryptedTextField()
    phone_index = BlindIndexField(of="phone", null=True)
    network = models.CharField(max_length=43, blank=True)  # where it came from, as `network_of` counts places; the trail has the address
    device = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # handed over on paper by a clerk instead of being sent
    on_paper = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # wrong guesses

    objects = PhoneCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone code")
        verbose_name_plural = _("phone codes")
        indexes = [
            models.Index(fields=["phone_index", "created_at"], name="phone_code_by_phone"),
            models.Index(fields=["network", "created_at"], name="phone_code_by_network"),
            models.Index(fields=["device", "created_at"], name="phone_code_by_device"),
            models.Index(fields=["person", "created_at"], name="phone_code_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=("registration", "representative")) ^ models.Q(application__isnull=True),
                name="phone_code_has_its_application",
            ),
        ]

    @property
    def live(self) -> bool:
        """May it still be accepted?"""
        return not self.used_at and not self.superseded_at and self.expires_at > timezone.now()

    @property
    def subject(self) -> Application | Person:
        """What its events are about."""
        return self.application or self.person

    def vault_person_id(self) -> uuid.UUID:
        """The key of whose phone it is encrypts the number."""
        return self.person_id
