"""Rotation: everything comes under the new key, nothing becomes unreadable, a kill costs nothing."""

import multiprocessing
import os
import signal
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from realname.vault import keyring, keyring_file, keys
from realname.vault.erase import erase_person
from realname.vault.errors import KeyUnknown
from realname.vault.keyring import FACE, PERSON
from realname.vault.models import DataKey
from realname.vault.rotate import rewrap_all, waiting
from realname.vault.sealing import seal, unseal

PLACE = b"table.column:1"


@pytest.fixture
def blobs(db) -> dict:
    """What seven people have sealed; one of them also a face."""
    sealed = {}
    for number in range(7):
        person_id = uuid4()
        sealed[person_id, PERSON] = seal(b"secret %d" % number, person_id=person_id, associated=PLACE)
    sealed[person_id, FACE] = seal(b"face", person_id=person_id, associated=PLACE, purpose=FACE)
    return sealed


def _plain(blobs: dict) -> list[bytes]:
    keys.forget_cached_keys()
    return [unseal(blob, associated=PLACE) for blob in blobs.values()]


def _drop_old_keys(ring_file) -> None:
    ring = keyring_file.load()
    new = keyring.KeyRing(tuple(key for key in ring.keys if key.current), ring.blind_index_key)
    ring_file.with_suffix(".new").write_text(keyring.dump(new))
    ring_file.with_suffix(".new").replace(ring_file)


def test_after_rotation_the_old_keys_are_needed_no_more(blobs, ring_file):
    before = _plain(blobs)
    keyring_file.add_keys(ring_file)
    assert waiting().count() == 8
    assert rewrap_all(batch=3) == 8
    assert waiting().count() == 0
    _drop_old_keys(ring_file)
    assert _plain(blobs) == before


def test_a_second_rotation_has_nothing_to_do(blobs, ring_file):
    keyring_file.add_keys(ring_file)
    rewrap_all()
    wrapped = list(DataKey.objects.order_by("pk").values_list("wrapped_key", flat=True))
    assert rewrap_all() == 0
    assert list(DataKey.objects.order_by("pk").values_list("wrapped_key", flat=True)) == wrapped


def test_rotation_may_change_the_algorithm(blobs, ring_file, settings):
    """R-43: from AES to SM4 without touching the data."""
    before = _plain(blobs)
    settings.VAULT_ALGORITHM = "SM4-GCM"
    keyring_file.add_keys(ring_file)
    rewrap_all()
    _drop_old_keys(ring_file)
    assert {key.algorithm for key in keyring_file.load().keys} == {"SM4-GCM"}
    assert _plain(blobs) == before


def test_erased_keys_stay_erased(blobs, ring_file):
    person_id, _ = next(iter(blobs))
    erase_person(person_id)
    keyring_file.add_keys(ring_file)
    assert rewrap_all() == 7
    assert bytes(DataKey.objects.get(person_id=person_id).wrapped_key) == b""


def test_a_ring_without_a_key_in_use_changes_nothing(blobs, ring_file):
    wrapped = set(DataKey.objects.values_list("kek_id", flat=True))
    keyring_file.add_keys(ring_file)
    _drop_old_keys(ring_file)
    with pytest.raises(KeyUnknown):
        rewrap_all()
    assert set(DataKey.objects.values_list("kek_id", flat=True)) == wrapped


@pytest.mark.django_db(transaction=True)
def test_a_rotation_killed_half_way_is_finished_by_the_next(blobs, ring_file):
    before = _plain(blobs)
    keyring_file.add_keys(ring_file)
    process = multiprocessing.get_context("fork").Process(target=_rotate_and_die)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert waiting().count() == 4
    assert _plain(blobs) == before
    assert rewrap_all() == 4
    _drop_old_keys(ring_file)
    assert _plain(blobs) == before


def _rotate_and_die() -> None:
    connection.connection = None  # the parent's socket is not ours to use or close
    rewrap_all(batch=2, progress=lambda done: os.kill(os.getpid(), signal.SIGKILL) if done >= 4 else None)


def _vault(*args: str) -> str:
    out = StringIO()
    call_command("vault", *args, stdout=out, no_color=True)
    return out.getvalue()


def test_the_command_makes_a_ring_once(ring_file, settings):
    settings.DEVELOPMENT = False
    assert "Back it up" in _vault("init")
    made = ring_file.read_text()
    assert "left as it is" in _vault("init")
    assert ring_file.read_text() == made


def test_the_command_prints_a_ring_for_a_secret_store(ring_file):
    keyring.parse(_vault("init", "--print"))
    assert not ring_file.exists()


def test_the_command_rotates_and_reports(blobs, ring_file):
    assert "8 data keys were brought" in _vault("rotate", "--new-key")
    status = _vault("status")
    assert status.count("wraps 0 data keys") == 2
    assert "wraps 7 data keys" in status
    assert "0 data keys wait for rotation" in status


def test_the_status_names_a_missing_key_and_shows_no_secret(blobs, ring_file):
    keyring_file.add_keys(ring_file)
    secrets = [line for line in ring_file.read_text().splitlines() if '"key"' in line or "blind" in line]
    _drop_old_keys(ring_file)
    status = _vault("status")
    assert "7 data keys cannot be read" in status
    assert not any(line.split('"')[3] in status for line in secrets)


def test_the_command_erases_with_a_reason(blobs):
    person_id, _ = next(iter(blobs))
    assert "Destroyed 1 data keys" in _vault("erase", "--person", str(person_id), "--reason", "asked", "--yes")
    with pytest.raises(CommandError):
        _vault("erase", "--person", str(person_id))


def test_without_a_ring_the_command_says_what_to_do(db, ring_file, settings):
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="vault init"):
        _vault("status")
