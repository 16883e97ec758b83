"""One person was two records: hand the keys of one to the other."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.vault import keys
from realname.vault.errors import KeyErased
from realname.vault.keyring import PERSON
from realname.vault.models import DataKey, EncryptedFile


@transaction.atomic
def merge_person_keys(*, into: UUID, from_: UUID) -> None:
    """Give keys and files of `from_` to `into`, so that one erasure reaches all. Ciphertexts stay as they are.

    Raises KeyErased when either was erased. `into` goes on encrypting with its own key where it has one.
    """
    if into == from_:
        return
    for person_id in sorted([into, from_]):
        keys.lock_person(person_id)
    if DataKey.objects.filter(person_id__in=[into, from_], purpose=PERSON).exclude(erased_at=None).exists():
        raise KeyErased("A person whose keys were erased cannot be merged.")
    in_use = DataKey.objects.filter(retired_at=None, erased_at=None)
    kept = list(in_use.filter(person_id=into).values_list("purpose", flat=True))
    in_use.filter(person_id=from_, purpose__in=kept).update(retired_at=timezone.now())
    DataKey.objects.filter(person_id=from_).update(person_id=into)
    EncryptedFile.objects.filter(person_id=from_).update(person_id=into)
    transaction.on_commit(keys.forget_cached_keys)
