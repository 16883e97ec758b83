"""The one-time code that proves the new number of a change."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changes.models.change_request import ChangeRequest
from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models import Person


class ChangeCodeQuerySet(models.QuerySet):
    """Adjectives of codes."""

    def live(self) -> "ChangeCodeQuerySet":
        """Those that may still be accepted."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


class ChangeCode(models.Model):
    """A code to the new number, one a change. Its digits are derived from its id, as those of registration's codes are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="change_codes")
    change = models.OneToOneField(ChangeRequest, on_delete=models.PROTECT, related_name="code")
    phone = EncryptedTextField()
    phone_index = BlindIndexField(of="phone", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # wrong guesses

    objects = ChangeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change code")
        verbose_name_plural = _("change codes")
        indexes = [models.Index(fields=["phone_index", "created_at"], name="change_code_by_phone")]

    def vault_person_id(self) -> uuid.UUID:
        """The person's key encrypts the number."""
        return self.person_id
