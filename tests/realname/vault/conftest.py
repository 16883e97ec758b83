"""A key ring, a storage and a table of each test's own."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from realname.vault import keyring_file, keys
from tests.realname.vault.models import Note


@pytest.fixture(autouse=True)
def ring_file(tmp_path: Path, settings, monkeypatch) -> Iterator[Path]:
    """The path of a key ring that is not made yet."""
    monkeypatch.delenv(keyring_file.ENVIRONMENT, raising=False)
    settings.DEVELOPMENT = True
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    keys.forget_cached_keys()
    yield settings.KEYRING_FILE
    keys.forget_cached_keys()


@pytest.fixture
def storage_folder(tmp_path: Path, settings) -> Path:
    """The folder of the storage “vault”."""
    folder = tmp_path / "files"
    options = {"BACKEND": "realname.vault.storage.FolderStorage", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "vault": options}
    return folder


@pytest.fixture(scope="session")
def _note_table(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Note)
        yield


@pytest.fixture
def note_table(_note_table, db) -> None:
    """The table of Note, empty: the flush after a transactional test passes tables of no installed app by."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Note._meta.db_table}")


@pytest.fixture
def person_id() -> UUID:
    """Somebody without a key yet."""
    return uuid4()


@pytest.fixture(params=["AES-256-GCM", "SM4-GCM"])
def algorithm(request, settings) -> str:
    """Each cipher in turn, as the setting for new data (R-43)."""
    settings.VAULT_ALGORITHM = request.param
    return request.param


@pytest.fixture
def refused() -> Callable[..., AbstractContextManager]:
    """`pytest.raises` after which the test's transaction goes on."""

    @contextlib.contextmanager
    def refused(error: type[Exception], match: str | None = None) -> Iterator[None]:
        with pytest.raises(error, match=match), transaction.atomic():
            yield

    return refused
