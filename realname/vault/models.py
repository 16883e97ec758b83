"""The wrapped data keys and the list of encrypted files."""

from uuid import uuid4

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from realname.vault.keyring import FACE, PERSON


class Purpose(models.TextChoices):
    """What a data key may encrypt."""

    PERSON = PERSON, _("Personal data")
    FACE = FACE, _("Face templates")


class DataKey(models.Model):
    """A person's data key, wrapped by a key of the ring. Erased means: the wrapped key is gone, the row stays as proof.

    At most one key of a person and purpose is in use; retired ones (after a merge or a change of algorithm) only decrypt.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField(_("person"), db_index=True)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.PERSON)
    wrapped_key = models.BinaryField(_("wrapped key"))
    kek_id = models.UUIDField(_("wrapped by"))
    algorithm = models.CharField(_("algorithm"), max_length=20)
    # The transaction's time: tells a key made in this very transaction, which may yet be rolled back and so is never cached.
    created_at = models.DateTimeField(_("created"), db_default=TransactionNow(), editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "purpose"],
                condition=Q(retired_at=None, erased_at=None),
                name="one_data_key_in_use",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) ^ Q(wrapped_key=b""),
                name="erased_data_key_is_empty",
            ),
        ]
        indexes = [models.Index(F("kek_id"), F("id"), condition=Q(erased_at=None), name="data_key_to_rewrap")]


class EncryptedFile(models.Model):
    """A file of a person in the encrypted storage. It has a key of its own, so that erasing it needs nothing of the storage."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField(_("person"), db_index=True)
    kind = models.CharField(_("kind"), max_length=40)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256 digest"), max_length=64)
    wrapped_key = models.BinaryField(_("wrapped key"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("encrypted file")
        verbose_name_plural = _("encrypted files")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) ^ Q(wrapped_key=b""),
                name="erased_file_has_no_key",
            ),
        ]

    @property
    def storage_name(self) -> str:
        """Where the storage keeps it: the random id under one of 256 folders, so that no folder grows without bound."""
        return f"{self.id.hex[:2]}/{self.id.hex}"
