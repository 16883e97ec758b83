"""Queries that would look into an encrypted column are refused with a sentence."""

import pytest
from django.db.models import F, Value

from realname.vault.errors import NotSearchable
from tests.realname.vault.models import Note

pytestmark = pytest.mark.usefixtures("note_table")


@pytest.mark.parametrize(
    "conditions", [{"name": "x"}, {"name": None}, {"name__contains": "x"}, {"birth__year": 1990}, {"details__address": "x"}]
)
def test_filtering_is_refused(conditions):
    with pytest.raises(NotSearchable, match="blind index"):
        Note.objects.filter(**conditions).exists()


@pytest.mark.parametrize("value", ["x", F("alias"), Value("x")])
def test_updating_rows_is_refused_and_changes_nothing(person_id, value, refused):
    note = Note.objects.create(person_id=person_id, name="kept")
    with refused(NotSearchable):
        Note.objects.update(name=value)
    assert Note.objects.get(pk=note.pk).name == "kept"


def test_bulk_update_is_refused(person_id, refused):
    note = Note.objects.create(person_id=person_id, name="kept")
    note.name = "new"
    with refused(NotSearchable):
        Note.objects.bulk_update([note], ["name"])
    assert Note.objects.get(pk=note.pk).name == "kept"


def test_bulk_update_of_another_column_works(person_id):
    note = Note.objects.create(person_id=person_id, name="kept")
    note.title = "new"
    Note.objects.bulk_update([note], ["title"])
    assert Note.objects.get(pk=note.pk).title == "new"


def test_setting_an_expression_is_refused(person_id, refused):
    with refused(NotSearchable):
        Note.objects.create(person_id=person_id, name=F("alias"))


def test_get_or_create_by_an_encrypted_field_is_refused(person_id, refused):
    with refused(NotSearchable):
        Note.objects.get_or_create(name="x", defaults={"person_id": person_id})
    assert Note.objects.count() == 0
