"""Encrypted fields: plain to the program, sealed in the database."""

import copy
import pickle
from datetime import date
from uuid import uuid4

import pytest
from django.apps import AppConfig, apps
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.realname.vault
from realname.vault import keys
from realname.vault.blind_index import BlindIndexField, blind_index
from realname.vault.envelope import header
from realname.vault.erase import erase_person
from realname.vault.errors import KeyErased, KeyUnknown, Tampered
from realname.vault.fields import EncryptedTextField
from realname.vault.models import DataKey
from realname.vault.sealed import Sealed
from tests.realname.vault.models import Note

pytestmark = pytest.mark.usefixtures("note_table")

NAME = "张三丰 Zhang"


@pytest.fixture
def note(person_id) -> Note:
    return Note.objects.create(person_id=person_id, name=NAME, birth=date(1990, 2, 3), details={"address": "北京市", "n": [1, None]})


def _raw(note: Note, column: str = "name") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Note._meta.db_table} WHERE id = %s", [note.pk])
        return bytes(cursor.fetchone()[0])


def _set_raw(note: Note, value: bytes, column: str = "name") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Note._meta.db_table} SET {column} = %s WHERE id = %s", [value, note.pk])


def test_every_field_reads_back_what_was_written(note, algorithm):
    """P-ALL-1, R-43."""
    found = Note.objects.get(pk=note.pk)
    assert (found.name, found.alias, found.birth) == (NAME, "", date(1990, 2, 3))
    assert found.details == {"address": "北京市", "n": [1, None]}


def test_new_data_uses_the_chosen_algorithm(algorithm, person_id):
    """R-43: the setting chooses, the ciphertext says so."""
    note = Note.objects.create(person_id=person_id, name=NAME)
    assert header(_raw(note)).algorithm.name == algorithm


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    details=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé\0", max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    birth=st.dates(),
)
def test_any_value_survives(text, details, birth):
    note = Note.objects.create(person_id=uuid4(), name=text, details=details, birth=birth)
    found = Note.objects.get(pk=note.pk)
    assert (found.name, found.details, found.birth) == (text, details, birth)


def test_no_plaintext_is_in_the_table(note):
    """P-REG-5: a dump of the table shows nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(n)::text FROM {Note._meta.db_table} n WHERE id = %s", [note.pk])
        text = cursor.fetchone()[0]
    for secret in (NAME, "北京市", "1990"):
        assert secret not in text
        assert secret.encode().hex() not in text


def test_null_stays_null_and_empty_is_encrypted(person_id):
    note = Note.objects.create(person_id=person_id, name=None, alias="")
    assert Note.objects.filter(name__isnull=True).count() == 1
    assert len(_raw(note, "alias")) > 0
    assert Note.objects.get(pk=note.pk).name is None


def test_nothing_is_decrypted_until_it_is_read(note, monkeypatch):
    found = Note.objects.get(pk=note.pk)
    assert isinstance(found.__dict__["name"], Sealed)
    assert found.name == NAME
    assert isinstance(found.__dict__["details"], Sealed)


def test_saving_a_sealed_value_keeps_its_ciphertext(note):
    before = _raw(note)
    found = Note.objects.get(pk=note.pk)
    found.title = "new"
    found.save()
    assert _raw(note) == before


def test_a_changed_value_is_encrypted_anew(note):
    found = Note.objects.get(pk=note.pk)
    found.details["address"] = "上海市"
    found.save()
    assert Note.objects.get(pk=note.pk).details["address"] == "上海市"


@pytest.mark.parametrize("_place", ["row", "column"])
def test_a_moved_ciphertext_is_found(note, person_id, _place, refused):
    """Even between rows of one person: row and column are bound in."""
    other = Note.objects.create(person_id=person_id, name="other")
    if _place == "row":
        _set_raw(other, _raw(note))
    else:
        _set_raw(other, _raw(other, "alias"))
    with refused(Tampered):
        _ = Note.objects.get(pk=other.pk).name


def test_an_altered_ciphertext_is_found(note):
    raw = bytearray(_raw(note))
    raw[-1] ^= 1
    _set_raw(note, bytes(raw))
    with pytest.raises(Tampered):
        _ = Note.objects.get(pk=note.pk).name


def test_a_row_copied_under_a_new_id_must_be_read_first(note, refused):
    sealed = Note.objects.get(pk=note.pk)
    sealed.pk, sealed._state.adding = uuid4(), True
    with refused(Tampered):
        sealed.save()
    opened = Note.objects.get(pk=note.pk)
    _ = opened.name, opened.alias, opened.birth, opened.details
    opened.pk, opened._state.adding = uuid4(), True
    opened.save()
    assert Note.objects.get(pk=opened.pk).name == NAME


def test_a_key_that_was_rolled_back_is_never_used_again(person_id, refused):
    """A row loaded inside a transaction that failed must not be stored under a key that is gone."""
    with pytest.raises(RuntimeError), transaction.atomic():
        inside = Note.objects.create(person_id=person_id, name=NAME)
        inside = Note.objects.get(pk=inside.pk)
        raise RuntimeError
    with refused(KeyUnknown):
        inside.save(force_insert=True)
    again = Note.objects.create(person_id=person_id, name=NAME)
    assert Note.objects.get(pk=again.pk).name == NAME


def test_values_show_nothing(note):
    row = Note.objects.values("name", "title").get()
    assert isinstance(row["name"], Sealed)
    assert str(Note.objects.values_list("name", flat=True)[0]) == repr(row["name"]) == "<sealed>"
    assert NAME not in repr(vars(Note.objects.get()))


def test_deferred_and_refreshed_fields_are_read(note):
    assert Note.objects.only("title").get().name == NAME
    assert Note.objects.defer("details").get().details["address"] == "北京市"
    stale = Note.objects.get()
    note.name = "new"
    note.save()
    stale.refresh_from_db()
    assert stale.name == "new"


@pytest.mark.parametrize("_copy", [copy.copy, copy.deepcopy, lambda note: pickle.loads(pickle.dumps(note))])  # noqa: S301
def test_copies_of_an_unread_row_can_be_read(note, _copy, monkeypatch):
    app = AppConfig("vault_tests", tests.realname.vault)  # unpickling looks the model up by its app
    app.apps, app.models = apps, apps.all_models["vault_tests"]
    monkeypatch.setitem(apps.app_configs, "vault_tests", app)
    twin = _copy(Note.objects.get())
    assert (twin.name, twin.birth) == (NAME, date(1990, 2, 3))


def test_bulk_create_encrypts(person_id):
    Note.objects.bulk_create([Note(person_id=person_id, name=f"n{number}") for number in range(3)])
    assert sorted(note.name for note in Note.objects.all()) == ["n0", "n1", "n2"]
    assert all(note.name_index == blind_index("name", note.name) for note in Note.objects.all())


def test_an_erased_person_cannot_be_read_but_the_row_can_still_change(note, person_id, refused):
    """R-32: erasure."""
    erase_person(person_id)
    found = Note.objects.get(pk=note.pk)
    with refused(KeyErased):
        _ = found.name
    found.title = "closed"
    found.save()
    assert Note.objects.get(pk=note.pk).title == "closed"


def test_nothing_more_is_encrypted_for_an_erased_person(note, person_id, refused):
    erase_person(person_id)
    with refused(KeyErased):
        Note.objects.create(person_id=person_id, name="again")
    assert DataKey.objects.filter(person_id=person_id, erased_at=None).count() == 0


def test_a_text_that_is_no_date_is_refused(person_id, refused):
    with refused(Exception, match="valid"):
        Note.objects.create(person_id=person_id, birth="yesterday")
    assert Note.objects.count() == 0


def test_date_text_becomes_a_date(person_id):
    Note.objects.create(person_id=person_id, birth="1990-02-03")
    assert Note.objects.get().birth == date(1990, 2, 3)


def test_an_index_over_ciphertext_is_a_mistake_django_reports():
    class Wrong(models.Model):
        name = EncryptedTextField(unique=True)

        class Meta:
            app_label = "vault_tests"

    assert {error.id for error in Wrong._meta.get_field("name").check()} == {"vault.E001", "vault.E002"}


def test_form_fields_are_those_of_plain_fields():
    kinds = {name: type(Note._meta.get_field(name).formfield()).__name__ for name in ("name", "birth", "details")}
    assert kinds == {"name": "CharField", "birth": "DateField", "details": "JSONField"}


def test_the_index_finds_by_the_normalised_value(note):
    assert Note.objects.get(name_index=blind_index("name", NAME.lower())) == note


def test_the_index_follows_the_value(note):
    note.name = "New"
    note.save()
    assert Note.objects.get().name_index == blind_index("name", "new")
    note.name = None
    note.save()
    assert Note.objects.get().name_index is None


def test_a_value_is_not_saved_without_its_index(note):
    """P-REG-5: an index left behind would hide a second registration."""
    note.name = "New"
    with pytest.raises(ValueError, match="name_index together with name"):
        note.save(update_fields=["name"])
    note.save(update_fields=["name", "name_index"])
    assert Note.objects.get(name_index=blind_index("name", "new")).name == "New"


def test_equal_values_in_other_domains_have_other_indexes(ring_file):
    first, second = blind_index("phone", "13800138000"), blind_index("id_number", "13800138000")
    assert first != second
    assert len(first) == len(second) == 64


def test_an_index_needs_the_key_ring(ring_file):
    """Without the ring nobody can enumerate phone numbers."""
    first = blind_index("phone", "13800138000")
    ring_file.unlink()
    assert blind_index("phone", "13800138000") != first


def test_migrations_name_no_function():
    _, _, _, kwargs = BlindIndexField(of="name", normalise=str.lower, domain="n").deconstruct()
    assert "normalise" not in kwargs
    assert (kwargs["of"], kwargs["domain"]) == ("name", "n")


def test_a_key_of_an_open_transaction_is_not_cached(person_id):
    key = keys.key_in_use(person_id)
    DataKey.objects.filter(pk=key.id).delete()
    assert keys.key_in_use(person_id).id != key.id
