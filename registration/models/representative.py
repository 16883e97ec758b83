"""Who acts for the person of an application: a guardian or an agent (R-03, R-12)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.vault.blind_index import BlindIndexField
from realname.vault.fields import EncryptedTextField
from registration.models.application import Application
from registration.models.identity import Identity
from registration.models.person import Person


class Representative(Identity):
    """The other party of an application, with a document of their own. Which of the two they are says `Application.representation`.

    Their person has a key of its own and stays provisional: it is identity material of this application (R-04, R-06), gives them no
    account and no line, and goes with the person they acted for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="representative")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representations")
    # their own phone, proven by a code; the application's too, where they may share it (selectors.may_share_phone)
    phone = EncryptedTextField(null=True)
    phone_index = BlindIndexField(of="phone", null=True)
    phone_proven_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        indexes = [models.Index(fields=["id_number_index"], name="representative_by_identity")]

    def vault_person_id(self) -> uuid.UUID:
        """Their own key encrypts their details."""
        return self.person_id
