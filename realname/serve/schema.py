"""Migrating only when something has changed."""

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg2

from realname.paths import REPO


def fingerprint(database_url: str) -> str:
    """A digest of the migration files and of what the database says it has applied.

    An emptied, restored or other database has other rows, so a stamp of this can't speak for it.
    """
    digest = hashlib.sha256()
    for file in _migration_files():
        digest.update(str(file.relative_to(REPO)).encode())
        digest.update(file.read_bytes())
    digest.update(repr(_applied(database_url)).encode())
    return digest.hexdigest()


def is_current(stamp: Path, database_url: str) -> bool:
    """Whether the last migration here ended well and nothing has changed since."""
    return stamp.exists() and stamp.read_text() == fingerprint(database_url)


def mark_current(stamp: Path, database_url: str) -> None:
    """Note that the migration has ended; written last, so that a killed one is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint(database_url))


def _migration_files() -> Iterable[Path]:
    """Ours, and the lock: it names the version of every other app."""
    ours = {*REPO.glob("*/migrations/*.py"), *REPO.glob("*/*/migrations/*.py")}
    return [*sorted(file for file in ours if ".venv" not in file.parts), REPO / "requirements" / "base.txt"]


def _applied(database_url: str) -> list[tuple]:
    with contextlib.closing(psycopg2.connect(database_url, connect_timeout=10)) as connection, connection.cursor() as cursor:
        try:
            cursor.execute("SELECT app, name, applied FROM django_migrations ORDER BY id")
        except psycopg2.errors.UndefinedTable:
            return []
        return cursor.fetchall()
