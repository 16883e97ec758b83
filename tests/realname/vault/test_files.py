"""Encrypted files: kept sealed, read back whole, gone when erased."""

import errno
import hashlib
import os
import stat
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.db import transaction

from realname.vault.erase import erase_person
from realname.vault.errors import FileMissing, FileNotStored, KeyErased, Tampered
from realname.vault.files import erase_file, read_file, store_file
from realname.vault.models import DataKey, EncryptedFile
from realname.vault.sweep import sweep_orphans

pytestmark = pytest.mark.usefixtures("db", "storage_folder")

CONTENT = b"\xff\xd8\xff a photograph of SPECIMEN 110105199002030019 " * 100


@pytest.fixture
def file(person_id) -> EncryptedFile:
    return store_file(person_id=person_id, kind="document_front", content=CONTENT, media_type="image/jpeg")


def _path(folder: Path, file: EncryptedFile) -> Path:
    return folder / file.storage_name


def _stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


@pytest.mark.parametrize("content", [b"", b"x", CONTENT, os.urandom(3_000_000)], ids=["empty", "byte", "image", "3 MB"])
def test_a_file_reads_back_as_it_was_stored(algorithm, person_id, content):
    """R-43, P-ALL-1."""
    file = store_file(person_id=person_id, kind="selfie", content=content, media_type="image/jpeg")
    kept = EncryptedFile.objects.get(pk=file.pk)
    assert read_file(kept) == content
    assert (kept.size, kept.digest) == (len(content), hashlib.sha256(content).hexdigest())
    assert (kept.kind, kept.media_type, kept.person_id) == ("selfie", "image/jpeg", person_id)


def test_no_plaintext_and_no_meaning_lies_in_the_storage(file, storage_folder):
    stored = _path(storage_folder, file)
    assert b"SPECIMEN" not in stored.read_bytes()
    assert "document" not in str(stored.relative_to(storage_folder))
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert stat.S_IMODE(stored.parent.stat().st_mode) == stat.S_IMODE(storage_folder.stat().st_mode) == 0o700


def test_an_altered_file_is_found(file, storage_folder):
    path = _path(storage_folder, file)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Tampered):
        read_file(file)


def test_two_files_exchanged_in_storage_are_found(file, person_id, storage_folder):
    other = store_file(person_id=person_id, kind="document_front", content=b"other", media_type="image/jpeg")
    _path(storage_folder, file).write_bytes(_path(storage_folder, other).read_bytes())
    with pytest.raises(Tampered):
        read_file(file)


def test_a_key_moved_between_rows_is_found(file, person_id):
    other = store_file(person_id=person_id, kind="document_front", content=b"other", media_type="image/jpeg")
    file.wrapped_key = other.wrapped_key
    with pytest.raises(Tampered):
        read_file(file)


def test_a_missing_file_has_its_own_error(file, storage_folder):
    _path(storage_folder, file).unlink()
    with pytest.raises(FileMissing):
        read_file(file)


def test_an_erased_file_is_gone_from_storage_and_unreadable_from_a_copy(file, storage_folder, django_capture_on_commit_callbacks):
    """R-32: even a backup of the storage holds nothing that can be read."""
    copy = _path(storage_folder, file).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(file)
        erase_file(file)
    assert not _path(storage_folder, file).exists()
    _path(storage_folder, file).write_bytes(copy)
    with pytest.raises(KeyErased):
        read_file(EncryptedFile.objects.get(pk=file.pk))
    assert bytes(EncryptedFile.objects.get(pk=file.pk).wrapped_key) == b""


def test_an_erasure_that_rolls_back_leaves_the_file(file):
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_file(file)
        raise RuntimeError
    assert read_file(EncryptedFile.objects.get(pk=file.pk)) == CONTENT


def test_erasing_the_person_erases_the_files(file, person_id, storage_folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person_id)
    assert _stored(storage_folder) == []
    with pytest.raises(KeyErased):
        read_file(EncryptedFile.objects.get(pk=file.pk))


def test_a_storage_that_fails_leaves_no_row(person_id, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(storages["vault"], "_save", fail)
    with pytest.raises(FileNotStored, match="OSError"):
        store_file(person_id=person_id, kind="selfie", content=CONTENT, media_type="image/jpeg")
    assert EncryptedFile.objects.count() == 0


def test_a_disk_that_fills_up_keeps_no_half(person_id, storage_folder, monkeypatch):
    kept = store_file(person_id=person_id, kind="selfie", content=CONTENT, media_type="image/jpeg")

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotStored):
        store_file(person_id=person_id, kind="selfie", content=CONTENT, media_type="image/jpeg")
    assert _stored(storage_folder) == [_path(storage_folder, kept)]


def test_the_sweep_takes_old_orphans_only(file, person_id, storage_folder):
    """A file whose row was rolled back, one of a killed writer, and one erased while the storage was down."""
    with pytest.raises(RuntimeError), transaction.atomic():
        rolled_back = store_file(person_id=person_id, kind="selfie", content=CONTENT, media_type="image/jpeg")
        raise RuntimeError
    part = _path(storage_folder, file).with_name(f"{uuid4().hex}.part")
    part.write_bytes(b"half")
    erased = store_file(person_id=person_id, kind="selfie", content=CONTENT, media_type="image/jpeg")
    erase_file(erased)
    assert sweep_orphans() == 0
    for path in _stored(storage_folder):
        _age(path, hours=1.1)
    assert sweep_orphans() == 3
    assert _stored(storage_folder) == [_path(storage_folder, file)]
    assert not _path(storage_folder, rolled_back).exists()
    assert read_file(file) == CONTENT


def test_a_file_may_stand_under_the_face_key(person_id):
    """Face data has keys of its own."""
    file = store_file(person_id=person_id, kind="face", content=b"x", media_type="image/png", purpose="face")
    assert DataKey.objects.get(person_id=person_id).purpose == "face"
    assert read_file(file) == b"x"
