"""A model that exists in tests only: one of each encrypted field."""

from uuid import UUID, uuid4

from django.db import models

from realname.vault.fields import BlindIndexField, EncryptedDateField, EncryptedJSONField, EncryptedTextField


class Note(models.Model):
    """Something personal about a person. Its table is made by the fixture `note_table`."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person_id = models.UUIDField()
    title = models.CharField(max_length=20, default="")
    name = EncryptedTextField(null=True)
    alias = EncryptedTextField(default="")
    birth = EncryptedDateField(null=True)
    details = EncryptedJSONField(null=True)
    name_index = BlindIndexField(of="name", domain="name", normalise=str.lower, null=True, db_index=True)

    class Meta:
        app_label = "vault_tests"

    def vault_person_id(self) -> UUID:
        return self.person_id
