"""Data keys: one in use per person and purpose, made on first use, unwrapped on demand.

Unwrapped keys stay in a process for at most `CACHE_SECONDS`, so an erasure acts in every process within that time.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from realname.vault import envelope, keyring_file
from realname.vault.algorithms import BY_NAME
from realname.vault.cache import ExpiringCache
from realname.vault.errors import KeyErased, KeyUnknown
from realname.vault.keyring import PERSON
from realname.vault.models import DataKey

CACHE_SECONDS = 30
CACHE_SIZE = 4096

_by_id: ExpiringCache["OpenKey"] = ExpiringCache(size=CACHE_SIZE, seconds=CACHE_SECONDS)
_in_use: ExpiringCache["OpenKey"] = ExpiringCache(size=CACHE_SIZE, seconds=CACHE_SECONDS)


@dataclass(frozen=True)
class OpenKey:
    """An unwrapped data key."""

    id: UUID
    algorithm: str
    material: bytes = field(repr=False)


def key_in_use(person_id: UUID, purpose: str = PERSON) -> OpenKey:
    """The key that encrypts for this person now; made on first use. Raises KeyErased once the person was erased."""
    slot = (person_id, purpose, settings.VAULT_ALGORITHM)
    if found := _in_use.get(slot):
        return found
    in_use = DataKey.objects.filter(person_id=person_id, purpose=purpose, retired_at=None, erased_at=None)
    row = _with_origin(in_use.filter(algorithm=settings.VAULT_ALGORITHM)).first()
    if row is None:
        return _open(_create(person_id, purpose))
    key = _open(row)
    if not row.of_this_transaction:
        _in_use.put(slot, key)
    return key


def key_by_id(key_id: UUID) -> OpenKey:
    """The key an envelope names. Raises KeyErased or KeyUnknown."""
    if found := _by_id.get(key_id):
        return found
    row = _with_origin(DataKey.objects.filter(pk=key_id)).first()
    if row is None:
        raise KeyUnknown(f"There is no data key {key_id}.")
    key = _open(row)
    if not row.of_this_transaction:
        _by_id.put(key_id, key)
    return key


def load_keys(key_ids: Iterable[UUID]) -> None:
    """Bring many keys into the cache with one query; erased and unknown ones are left for their reader to find out."""
    missing = [key_id for key_id in set(key_ids) if not _by_id.get(key_id)]
    for row in _with_origin(DataKey.objects.filter(pk__in=missing, erased_at=None)):
        if not row.of_this_transaction:
            _by_id.put(row.pk, _open(row))


def forget_cached_keys() -> None:
    """Empty this process's cache; other processes' entries die by age."""
    _by_id.clear()
    _in_use.clear()


def wrap(material: bytes, *, row: DataKey) -> None:
    """Wrap `material` into the row under the ring's current key. Does not save."""
    kek = keyring_file.load().current(row.purpose)
    row.kek_id = kek.id
    row.wrapped_key = envelope.seal(material, key=kek.key, key_id=kek.id, algorithm=kek.algorithm, associated=_place(row))


def unwrap(row: DataKey) -> bytes:
    """The bare key of a row. Raises KeyErased; KeyUnknown when the ring lacks the wrapping key; Tampered."""
    if row.erased_at is not None:
        raise KeyErased(f"Data key {row.pk} was erased.")
    kek = keyring_file.load().find(row.kek_id, row.purpose)
    return envelope.unseal(bytes(row.wrapped_key), key=kek.key, associated=_place(row))


def lock_person(person_id: UUID) -> None:
    """Hold, to the end of the transaction, the right to make, merge or erase this person's keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"vault:{person_id}"])


def _create(person_id: UUID, purpose: str) -> DataKey:
    """Make the key in the caller's transaction, or find the one that another process made meanwhile."""
    with transaction.atomic():
        lock_person(person_id)
        known = list(DataKey.objects.filter(person_id=person_id, purpose__in={PERSON, purpose}))
        if any(row.purpose == PERSON and row.erased_at for row in known):
            raise KeyErased("The keys of this person were erased; nothing more can be encrypted for them.")
        for row in known:
            if row.purpose == purpose and row.retired_at is None and row.erased_at is None:
                if row.algorithm == settings.VAULT_ALGORITHM:
                    return row
                _retire(row)
        row = DataKey(id=uuid4(), person_id=person_id, purpose=purpose, algorithm=settings.VAULT_ALGORITHM)
        wrap(os.urandom(BY_NAME[row.algorithm].key_bytes), row=row)
        row.save(force_insert=True)
        return row


def _retire(row: DataKey) -> None:
    """A key of another algorithm still decrypts, but encrypts no more (R-43)."""
    DataKey.objects.filter(pk=row.pk).update(retired_at=timezone.now())


def _with_origin(rows: QuerySet[DataKey]) -> QuerySet[DataKey]:
    """Marks rows made in the running transaction: if it rolls back, a cached key would encrypt what nobody can ever read."""
    return rows.annotate(of_this_transaction=ExpressionWrapper(Q(created_at=TransactionNow()), output_field=BooleanField()))


def _open(row: DataKey) -> OpenKey:
    return OpenKey(row.pk, row.algorithm, unwrap(row))


def _place(row: DataKey) -> bytes:
    """Associated data of a wrapped key. Not the person: a merge hands the key on without the ring."""
    return f"vault_datakey.wrapped_key:{row.pk}:{row.purpose}".encode()
