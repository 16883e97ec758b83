"""A second run does not migrate again; a killed or changed one does."""

import pytest
from django.db import connection

from realname.serve import schema


@pytest.fixture
def url(db) -> str:
    """The test database as a URL."""
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST'].replace('/', '%2F')}"


def test_without_a_stamp_it_is_not_current(tmp_path, url):
    assert not schema.is_current(tmp_path / "stamp", url)


def test_with_the_stamp_of_this_state_it_is(tmp_path, url):
    schema.mark_current(tmp_path / "stamp", url)
    assert schema.is_current(tmp_path / "stamp", url)


def test_a_new_migration_file_makes_it_out_of_date(tmp_path, url, monkeypatch):
    schema.mark_current(tmp_path / "stamp", url)
    extra = schema.REPO / "registration" / "migrations" / "__init__.py"
    files = [*schema._migration_files(), extra]
    monkeypatch.setattr(schema, "_migration_files", lambda: files)
    assert not schema.is_current(tmp_path / "stamp", url)


def test_another_database_makes_it_out_of_date(tmp_path, url, monkeypatch):
    schema.mark_current(tmp_path / "stamp", url)
    monkeypatch.setattr(schema, "_applied", lambda url: [])
    assert not schema.is_current(tmp_path / "stamp", url)
