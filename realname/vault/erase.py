"""Erasure: destroy a person's keys, and with them everything they encrypted."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.trail import SubjectRef, record
from realname.vault import keys
from realname.vault.files import erase_file
from realname.vault.keyring import FACE, PERSON
from realname.vault.models import DataKey, EncryptedFile


@transaction.atomic
def erase_person(person_id: UUID, *, actor: Actor = SYSTEM, reason: str = "") -> int:
    """Destroy the person's data keys and files for good; returns how many living keys were destroyed.

    Nothing can be encrypted for them afterwards (KeyErased). Other processes stop reading within `keys.CACHE_SECONDS`.
    A second call does nothing. Blind indexes lie in other rooms' rows: they listen to `person.erased` and clear their own.
    """
    keys.lock_person(person_id)
    if is_erased(person_id):
        return 0
    erased = _destroy(DataKey.objects.filter(person_id=person_id))
    files = EncryptedFile.objects.filter(person_id=person_id, erased_at=None).order_by("pk")
    file_count = 0
    for file in files:
        erase_file(file)
        file_count += 1
    if not DataKey.objects.filter(person_id=person_id, purpose=PERSON).exists():
        _bar(person_id)
    record(
        "person.erased",
        actor=actor,
        subject=SubjectRef("person", str(person_id)),
        person_id=person_id,
        reason=reason,
        data={"keys": erased, "files": file_count},
    )
    return erased


def is_erased(person_id: UUID) -> bool:
    """Were this person's keys destroyed?"""
    return erased_keys().filter(person_id=person_id).exists()


def erased_keys() -> QuerySet[DataKey]:
    """The keys of erased people: so that rows of theirs can be left out of a question."""
    return DataKey.objects.filter(purpose=PERSON, erased_at__isnull=False)


@transaction.atomic
def erase_face_keys(person_id: UUID) -> int:
    """Destroy the keys of the person's face templates only; returns how many. A later enrolment makes a new key."""
    keys.lock_person(person_id)
    return _destroy(DataKey.objects.filter(person_id=person_id, purpose=FACE))


def _destroy(rows) -> int:
    transaction.on_commit(keys.forget_cached_keys)
    return rows.filter(erased_at=None).update(wrapped_key=b"", erased_at=timezone.now())


def _bar(person_id: UUID) -> None:
    """A person without any key is remembered as erased by an empty one."""
    now = timezone.now()
    DataKey.objects.create(
        person_id=person_id,
        purpose=PERSON,
        wrapped_key=b"",
        kek_id=UUID(int=0),
        algorithm="",
        erased_at=now,
    )
