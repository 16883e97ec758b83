"""Who somebody is, and by which document; and what that document says beyond it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedDateField, EncryptedTextField
from registration import documents
from registration.documents.base import DocumentType


class Identified(models.Model):
    """Who somebody is, with the type and number of the document that says so (R-04). The model says whose key encrypts it."""

    # a code of registration.documents; which of the fields below there are depends on it
    document_type = models.CharField(_("type of document"), max_length=32, default=documents.DEFAULT)

    name = EncryptedTextField(null=True)
    other_name = EncryptedTextField(null=True)  # in the other script, where the document shows both
    id_number = EncryptedTextField(null=True)
    id_number_index = BlindIndexField(
        of="id_number", null=True, within=("document_type", "issuing_state"), normalise=documents.identity_text
    )
    issuing_state = EncryptedTextField(null=True)
    nationality = EncryptedTextField(null=True)
    sex = EncryptedTextField(null=True)
    ethnicity = EncryptedTextField(null=True)
    birth = EncryptedDateField(null=True)
    address = EncryptedTextField(null=True)
    # what no document says, but they themselves
    residence = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)

    class Meta:
        abstract = True

    @property
    def document(self) -> DocumentType:
        """That type of document."""
        return documents.document_type(self.document_type)


class Identity(Identified):
    """The document and details of one party of an application: as read, then as entered or corrected by the person."""

    authority = EncryptedTextField(null=True)
    valid_from = EncryptedDateField(null=True)
    valid_to = EncryptedDateField(null=True)  # empty where valid_long_term
    valid_long_term = models.BooleanField(default=False)
    details_entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.local_fields if not isinstance(field, BlindIndexField))


# a blind index follows from what it is made of, so whoever copies or empties these leaves it out
IDENTIFIED_FIELDS = _names(Identified)
IDENTITY_FIELDS = _names(Identity)
SELF_STATED_FIELDS = ("residence", "email")
