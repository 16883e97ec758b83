"""What somebody says of themselves by a document: its type, and what stands on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedDateField, EncryptedTextField
from registration import documents
from registration.documents.base import DocumentType


class Identity(models.Model):
    """The document and details of one party of an application."""

    # a code of registration.documents; which of the fields below there are depends on it
    document_type = models.CharField(_("type of document"), max_length=32, default=documents.DEFAULT)

    # as entered or corrected by the person, to be compared with OCR and authority
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
    authority = EncryptedTextField(null=True)
    valid_from = EncryptedDateField(null=True)
    valid_to = EncryptedDateField(null=True)  # empty where valid_long_term
    valid_long_term = models.BooleanField(default=False)
    residence = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)
    details_entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def document(self) -> DocumentType:
        """The type of document it is made with."""
        return documents.document_type(self.document_type)
