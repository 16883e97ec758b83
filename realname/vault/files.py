"""Encrypted files: stored, read and erased.

Each file has a random key of its own, wrapped by the person's data key and kept in the row. Erasing the row's key is enough
to lose the content for ever, whatever copies the storage still has.
"""

import hashlib
import os
from uuid import UUID, uuid4

import structlog
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from realname.vault import envelope
from realname.vault.algorithms import BY_NAME
from realname.vault.errors import FileMissing, FileNotStored, KeyErased
from realname.vault.keyring import PERSON
from realname.vault.models import EncryptedFile
from realname.vault.sealing import seal, unseal

log = structlog.get_logger(__name__)


def store_file(*, person_id: UUID, kind: str, content: bytes, media_type: str, purpose: str = PERSON) -> EncryptedFile:
    """Encrypt and keep `content`. The row joins the caller's transaction; if that rolls back, the sweep takes the file.

    Raises KeyErased once the person was erased, FileNotStored.
    """
    file = write_file(person_id=person_id, kind=kind, content=content, media_type=media_type, purpose=purpose)
    file.save(force_insert=True)
    return file


def write_file(*, person_id: UUID, kind: str, content: bytes, media_type: str, purpose: str = PERSON) -> EncryptedFile:
    """As `store_file`, but the row is the caller's to save: so that a slow storage is written before a short transaction.

    A row not saved within an hour is too late: the sweep takes the file. Raises KeyErased once the person was erased, FileNotStored.
    """
    material = os.urandom(BY_NAME[settings.VAULT_ALGORITHM].key_bytes)
    file = EncryptedFile(
        id=uuid4(),
        person_id=person_id,
        kind=kind,
        media_type=media_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )
    file.wrapped_key = seal(material, person_id=person_id, associated=_place_of_key(file), purpose=purpose)
    sealed = envelope.seal(content, key=material, key_id=file.pk, algorithm=settings.VAULT_ALGORITHM, associated=_place_of_content(file))
    try:
        _storage().save(file.storage_name, ContentFile(sealed))
    except (OSError, BotoCoreError, ClientError) as fault:
        log.exception("file_not_stored", kind=kind, size=len(sealed), error=type(fault).__name__)
        raise FileNotStored(f"The storage did not take a file of {len(sealed)} bytes: {type(fault).__name__}.") from fault
    return file


def read_file(file: EncryptedFile) -> bytes:
    """The plain content. Raises KeyErased, FileMissing, Tampered or KeyUnknown."""
    if file.erased_at is not None:
        raise KeyErased(f"File {file.pk} was erased.")
    material = unseal(bytes(file.wrapped_key), associated=_place_of_key(file))
    try:
        with _storage().open(file.storage_name) as stored:
            sealed = stored.read()
    except FileNotFoundError:
        raise FileMissing(f"The storage has no file {file.pk}.") from None
    return envelope.unseal(sealed, key=material, associated=_place_of_content(file))


def erase_file(file: EncryptedFile) -> None:
    """Destroy the file's key at once and the stored bytes after commit. Doing it twice changes nothing."""
    # nothing here is given up alone: a savepoint would only cost two round trips
    with transaction.atomic(savepoint=False):
        now = timezone.now()
        if EncryptedFile.objects.filter(pk=file.pk, erased_at=None).update(wrapped_key=b"", erased_at=now):
            file.wrapped_key, file.erased_at = b"", now
        else:
            file.refresh_from_db(fields=["wrapped_key", "erased_at"])
        name = file.storage_name
        # a storage that is down must not undo the erasure: the sweep takes what is left
        transaction.on_commit(lambda: _storage().delete(name), robust=True)


def _storage() -> Storage:
    return storages["vault"]


def _place_of_key(file: EncryptedFile) -> bytes:
    return f"vault_encryptedfile.wrapped_key:{file.pk}".encode()


def _place_of_content(file: EncryptedFile) -> bytes:
    return f"vault_encryptedfile.content:{file.pk}".encode()
