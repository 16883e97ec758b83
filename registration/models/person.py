"""A natural person, once, whatever they own; their account; and their being a subscriber."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models.identity import Identified


class Person(Identified):
    """A natural person. Provisional (no identity) until an application of theirs is approved, then one per identity number.

    The document is the one they were verified by (R-04).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    # Set on a provisional person that turned out to be a known one: everything of theirs belongs to that one.
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    contact_phone = EncryptedTextField(null=True)
    contact_phone_index = BlindIndexField(of="contact_phone", domain="phone", null=True)

    # how they read their account's pages, on any device
    language = models.CharField(max_length=8, blank=True)
    type_size = models.CharField(max_length=8, blank=True)
    # Frozen processing: kept because the law says so, read by nobody but themselves and who answers for the law.
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    # since their last line ended, and until one is in use again; else by their own wish
    frozen_by_law = models.BooleanField(default=False)
    # somebody else was in their account: until then nothing that could harm is done there
    guarded_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            # one person is one record (P-REG-5)
            models.UniqueConstraint(
                fields=["id_number_index"], condition=models.Q(id_number_index__isnull=False), name="person_once_per_identity"
            ),
        ]
        indexes = [models.Index(fields=["contact_phone_index"], name="person_by_contact_phone")]

    def vault_person_id(self) -> uuid.UUID:
        """Their own key encrypts their record."""
        return self.id


class Account(models.Model):
    """The account the system opens for a verified person (P-REG-4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    number = models.CharField(_("account number"), max_length=16, unique=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")


class Subscriber(models.Model):
    """A person with at least one line."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="subscriber")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="subscriber")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
