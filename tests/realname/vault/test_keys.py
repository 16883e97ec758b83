"""Data keys: one in use per person, made once, cached briefly, erased for good."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from realname.trail.models import Event
from realname.vault import keys
from realname.vault.envelope import header
from realname.vault.erase import erase_face_keys, erase_person
from realname.vault.errors import KeyErased, KeyUnknown, Tampered
from realname.vault.keyring import FACE, PERSON
from realname.vault.merge import merge_person_keys
from realname.vault.models import DataKey, EncryptedFile
from realname.vault.prefetch import prefetch_keys
from realname.vault.sealing import seal, unseal
from tests.realname.vault.models import Note

PLACE = b"table.column:1"


def _seal(person_id, purpose=PERSON) -> bytes:
    return seal(b"secret", person_id=person_id, associated=PLACE, purpose=purpose)


def _at_once(act, count: int) -> list:
    """Run `act` in `count` threads, each with a connection of its own, all released together."""
    gate, results = threading.Barrier(count), []

    def run():
        gate.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db
def test_a_person_has_one_key_per_purpose(person_id):
    assert header(_seal(person_id)).key_id == header(_seal(person_id)).key_id
    assert header(_seal(person_id, FACE)).key_id != header(_seal(person_id)).key_id
    assert sorted(DataKey.objects.values_list("purpose", flat=True)) == [FACE, PERSON]


@pytest.mark.django_db
def test_no_bare_key_is_stored(person_id):
    key = keys.key_in_use(person_id)
    assert key.material not in bytes(DataKey.objects.get().wrapped_key)
    assert repr(key.material) not in repr(key)


@pytest.mark.django_db(transaction=True)
def test_first_use_by_many_at_once_makes_one_key(person_id):
    blobs = _at_once(lambda: _seal(person_id), 8)
    assert DataKey.objects.filter(person_id=person_id).count() == 1
    assert [unseal(blob, associated=PLACE) for blob in blobs] == [b"secret"] * 8


@pytest.mark.django_db(transaction=True)
def test_first_use_and_erasure_at_once_leave_no_living_key(person_id):
    """Whoever wins: after the erasure no key of the person lives."""
    for _ in range(5):
        person_id = uuid4()
        acts = iter([lambda who=person_id: _seal(who), lambda who=person_id: erase_person(who)])
        _at_once(lambda acts=acts: next(acts)(), 2)
        assert not DataKey.objects.filter(person_id=person_id, erased_at=None).exists()
        with pytest.raises(KeyErased):
            _seal(person_id)


@pytest.mark.django_db(transaction=True)
def test_a_committed_key_is_cached_and_forgotten_by_age(person_id, monkeypatch, django_assert_num_queries):
    """An erasure by another process acts here within 30 s."""
    blob = _seal(person_id)
    unseal(blob, associated=PLACE)
    with django_assert_num_queries(0):
        unseal(blob, associated=PLACE)
    DataKey.objects.update(wrapped_key=b"", erased_at=timezone.now())
    assert unseal(blob, associated=PLACE) == b"secret"
    now = time.monotonic()
    monkeypatch.setattr("realname.vault.cache.time.monotonic", lambda: now + keys.CACHE_SECONDS)
    with pytest.raises(KeyErased):
        unseal(blob, associated=PLACE)


@pytest.mark.django_db(transaction=True)
def test_a_key_that_rolled_back_is_not_in_the_cache(person_id):
    with pytest.raises(RuntimeError), transaction.atomic():
        _seal(person_id)
        _seal(person_id)
        raise RuntimeError
    blob = _seal(person_id)
    keys.forget_cached_keys()
    assert unseal(blob, associated=PLACE) == b"secret"


@pytest.mark.django_db
def test_an_unknown_key_has_its_own_error(person_id):
    blob = _seal(person_id)
    DataKey.objects.all().delete()
    with pytest.raises(KeyUnknown):
        unseal(blob, associated=PLACE)


@pytest.mark.django_db
def test_another_ring_cannot_unwrap(person_id, ring_file):
    blob = _seal(person_id)
    ring_file.unlink()
    keys.forget_cached_keys()
    with pytest.raises(KeyUnknown):
        unseal(blob, associated=PLACE)


@pytest.mark.django_db
def test_a_wrapped_key_moved_to_another_row_is_found(person_id):
    blob = _seal(person_id)
    _seal(uuid4())
    other = DataKey.objects.exclude(person_id=person_id).get()
    DataKey.objects.filter(person_id=person_id).update(wrapped_key=bytes(other.wrapped_key))
    with pytest.raises(Tampered):
        unseal(blob, associated=PLACE)


@pytest.mark.django_db
def test_a_change_of_algorithm_retires_the_key_but_still_reads(person_id, settings):
    """R-43: new data takes the new cipher, old data stays readable."""
    old = _seal(person_id)
    settings.VAULT_ALGORITHM = "SM4-GCM"
    new = _seal(person_id)
    assert header(old).algorithm.name == "AES-256-GCM"
    assert header(new).algorithm.name == "SM4-GCM"
    assert unseal(old, associated=PLACE) == unseal(new, associated=PLACE) == b"secret"
    assert DataKey.objects.filter(retired_at=None).count() == 1


@pytest.mark.django_db
def test_erasure_destroys_every_key_and_is_told(person_id, settings):
    """R-32: also retired keys; the trail says who, why and how many."""
    old = _seal(person_id)
    settings.VAULT_ALGORITHM = "SM4-GCM"
    new, face = _seal(person_id), _seal(person_id, FACE)
    assert erase_person(person_id, reason="withdrawn") == 3
    keys.forget_cached_keys()
    for blob in (old, new, face):
        with pytest.raises(KeyErased):
            unseal(blob, associated=PLACE)
    assert {bytes(wrapped) for wrapped in DataKey.objects.values_list("wrapped_key", flat=True)} == {b""}
    event = Event.objects.get(name="person.erased")
    assert (event.subject_id, event.reason, event.data) == (str(person_id), "withdrawn", {"keys": 3, "files": 0})


@pytest.mark.django_db
def test_a_second_erasure_does_and_says_nothing(person_id):
    _seal(person_id)
    erase_person(person_id)
    assert erase_person(person_id) == 0
    assert Event.objects.filter(name="person.erased").count() == 1


@pytest.mark.django_db
def test_a_person_without_keys_is_remembered_as_erased(person_id):
    assert erase_person(person_id) == 0
    with pytest.raises(KeyErased):
        _seal(person_id)
    with pytest.raises(KeyErased):
        _seal(person_id, FACE)


@pytest.mark.django_db
def test_faces_can_be_erased_alone_and_enrolled_again(person_id):
    """Face data has a retention clock of its own."""
    person, face = _seal(person_id), _seal(person_id, FACE)
    assert erase_face_keys(person_id) == 1
    keys.forget_cached_keys()
    assert unseal(person, associated=PLACE) == b"secret"
    with pytest.raises(KeyErased):
        unseal(face, associated=PLACE)
    assert unseal(_seal(person_id, FACE), associated=PLACE) == b"secret"


@pytest.mark.django_db
def test_an_erasure_that_rolls_back_erases_nothing(person_id):
    blob = _seal(person_id)
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_person(person_id)
        raise RuntimeError
    assert unseal(blob, associated=PLACE) == b"secret"


@pytest.mark.django_db
def test_merged_persons_share_one_fate(person_id):
    """Both records' data stays readable, and one erasure reaches all of it."""
    other = uuid4()
    mine, theirs, their_face = _seal(person_id), _seal(other), _seal(other, FACE)
    file = EncryptedFile.objects.create(person_id=other, kind="x", media_type="x", size=0, digest="", wrapped_key=b"x")
    merge_person_keys(into=person_id, from_=other)
    assert unseal(theirs, associated=PLACE) == b"secret"
    assert header(_seal(person_id)).key_id == header(mine).key_id
    assert header(_seal(person_id, FACE)).key_id == header(their_face).key_id
    file.refresh_from_db()
    assert file.person_id == person_id
    assert erase_person(person_id) == 3
    keys.forget_cached_keys()
    with pytest.raises(KeyErased):
        unseal(theirs, associated=PLACE)


@pytest.mark.django_db
def test_an_erased_person_cannot_be_merged(person_id):
    other = uuid4()
    blob = _seal(person_id)
    erase_person(other)
    with pytest.raises(KeyErased):
        merge_person_keys(into=person_id, from_=other)
    assert unseal(blob, associated=PLACE) == b"secret"


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_key_in_use(person_id):
    _seal(person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(person_id=person_id, wrapped_key=b"x", kek_id=uuid4(), algorithm="AES-256-GCM")


@pytest.mark.django_db(transaction=True)
def test_a_page_of_rows_needs_one_query_for_its_keys(note_table, django_assert_num_queries):
    Note.objects.bulk_create([Note(person_id=uuid4(), name=f"n{number}") for number in range(20)])
    erase_person(Note.objects.order_by("pk").first().person_id)
    keys.forget_cached_keys()
    rows = list(Note.objects.order_by("pk"))
    with django_assert_num_queries(1):
        prefetch_keys(rows)
    with django_assert_num_queries(0):
        assert sum(row.name.startswith("n") for row in rows[1:]) == 19
    with pytest.raises(KeyErased):
        _ = rows[0].name


@pytest.mark.django_db(transaction=True)
def test_the_erasing_process_forgets_at_once(person_id):
    blob = _seal(person_id)
    assert unseal(blob, associated=PLACE) == b"secret"
    erase_person(person_id)
    with pytest.raises(KeyErased):
        unseal(blob, associated=PLACE)
    with pytest.raises(KeyErased):
        _seal(person_id)
