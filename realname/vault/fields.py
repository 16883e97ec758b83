"""Model fields whose column holds only ciphertext. Read an attribute and it is decrypted; until then it stays sealed."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core import checks
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from realname.vault.blind_index import BlindIndexField
from realname.vault.errors import KeyErased, NotSearchable
from realname.vault.keyring import PERSON
from realname.vault.sealed import Sealed
from realname.vault.sealing import seal, unseal

__all__ = ["BlindIndexField", "EncryptedDateField", "EncryptedJSONField", "EncryptedTextField"]


class _OpenOnRead(DeferredAttribute):
    """Decrypts on first read and keeps the plain value on the instance."""

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.Field):
    """Base of the encrypted fields. The model needs a client-side UUID key and `vault_person_id(self) -> UUID`.

    NULL stays NULL. Every ciphertext is bound to its table, column and row; elsewhere it raises Tampered.
    Comparing, transforming or bulk-updating the column raises NotSearchable; put a BlindIndexField beside it.
    """

    descriptor_class = _OpenOnRead
    empty_strings_allowed = False

    def __init__(self, *args: Any, purpose: str = PERSON, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Names the purpose only where it is not the usual one."""
        name, path, args, kwargs = super().deconstruct()
        if self.purpose != PERSON:
            kwargs["purpose"] = self.purpose
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """An index or a uniqueness over ciphertext would never find anything."""
        errors = super().check(**kwargs)
        if self.unique or self.db_index or self.primary_key:
            errors.append(checks.Error("An encrypted field cannot be indexed or unique.", obj=self, id="vault.E001"))
        if not hasattr(self.model, "vault_person_id"):
            errors.append(checks.Error("The model needs vault_person_id().", obj=self, id="vault.E002"))
        return errors

    def get_internal_type(self) -> str:
        return "BinaryField"

    def encode(self, value: Any) -> str:
        """The plain value as text."""
        raise NotImplementedError

    def decode(self, text: str) -> Any:
        """The plain value back from text."""
        raise NotImplementedError

    def open(self, value: Sealed, instance: models.Model) -> Any:
        """The plain value of this row. Raises KeyErased, KeyUnknown or Tampered."""
        return self.decode(unseal(value.envelope, associated=self._place(instance)).decode())

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The value to store. One that was never opened is stored as it was, after a look that it belongs here."""
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):
            self._check_belongs(value, model_instance)
            return value
        if hasattr(value, "resolve_expression"):
            raise NotSearchable(f"{self.name} is encrypted and cannot be set by an expression.")
        person_id: UUID = model_instance.vault_person_id()
        plaintext = self.encode(self.to_python(value)).encode()
        associated = self._place(model_instance)
        return Sealed(seal(plaintext, person_id=person_id, associated=associated, purpose=self.purpose))

    def _check_belongs(self, value: Sealed, instance: models.Model) -> None:
        """Refuse to store what could never be opened: a row copied under a new key, a data key that was rolled back."""
        try:
            self.open(value, instance)
        except KeyErased:
            return  # nothing is left to lose, and the row's other columns may still change

    def _place(self, instance: models.Model) -> bytes:
        if instance.pk is None:
            raise ValueError("A row needs its key before a field of it can be encrypted.")
        return f"{self.model._meta.db_table}.{self.column}:{instance.pk}".encode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise NotSearchable(f"{self.name} is encrypted: save() the instance instead of updating rows.")
        return connection.Database.Binary(value.envelope)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        if hasattr(value, "as_sql"):
            raise NotSearchable(f"{self.name} is encrypted and cannot be set by an expression.")
        return "%s"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise NotSearchable(f"{self.name} is encrypted and cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise NotSearchable(f"{self.name} is encrypted and cannot be searched; use its blind index.")

    def value_to_string(self, obj: models.Model) -> str:
        raise NotSearchable(f"{self.name} is encrypted and is not written to fixtures.")


class EncryptedTextField(EncryptedField):
    """Text of any length. The empty string is encrypted like any other."""

    empty_strings_allowed = True

    def encode(self, value: str) -> str:
        return value

    def decode(self, text: str) -> str:
        return text

    def to_python(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": forms.CharField, **kwargs})


class EncryptedJSONField(EncryptedField):
    """Anything JSON can say; dates and decimals become text."""

    def encode(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))

    def decode(self, text: str) -> Any:
        return json.loads(text)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


class EncryptedDateField(EncryptedField):
    """A calendar date."""

    def encode(self, value: date) -> str:
        return value.isoformat()

    def decode(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_python(self, value: Any) -> date | None:
        return models.DateField.to_python(self, value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": forms.DateField, **kwargs})
