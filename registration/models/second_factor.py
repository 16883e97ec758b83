"""What a person may ask for beside the code at sign-in: passkeys, an authenticator application, codes for an emergency."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.vault.fields import EncryptedTextField
from registration.models.person import Person
from registration.models.sign_in import SignIn


class Passkey(models.Model):
    """A credential of Web Authentication: the public half of a key whose private half never leaves the person's device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passkeys")
    # made in this sign-in: one that was not the person's takes with it what was made in it
    sign_in = models.ForeignKey(SignIn, null=True, on_delete=models.PROTECT, related_name="+")
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url of at most 1023 bytes (WebAuthn Level 3, 6.5.1)
    public_key = models.BinaryField()  # COSE
    sign_count = models.PositiveBigIntegerField(default=0)  # 32 bits
    transports = models.JSONField(default=list, blank=True)
    name = EncryptedTextField()  # as the person calls it
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["created_at"]

    def vault_person_id(self) -> uuid.UUID:
        """Its holder's key encrypts its name."""
        return self.person_id


class Authenticator(models.Model):
    """An authenticator application: a shared secret for time-based codes (RFC 6238). Waits until its first code confirms it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authenticators")
    sign_in = models.ForeignKey(SignIn, null=True, on_delete=models.PROTECT, related_name="+")
    secret = EncryptedTextField()  # hexadecimal, 20 bytes
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=-1)  # of the newest accepted code: none is accepted twice
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("authenticator application")
        verbose_name_plural = _("authenticator applications")
        constraints = [models.UniqueConstraint(fields=["person"], name="authenticator_once_per_person")]

    def vault_person_id(self) -> uuid.UUID:
        """Its holder's key encrypts the secret."""
        return self.person_id


class RecoveryCode(models.Model):
    """A code for the day the second factor is lost: kept as a keyed digest, good once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
