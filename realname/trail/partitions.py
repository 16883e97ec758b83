"""The trail is split by month: old months can be read, backed up and moved as tables of their own."""

from typing import Any

from django.db import connections

MONTHS_AHEAD = 3


def ensure_partitions(*, months_ahead: int = MONTHS_AHEAD, using: str = "default") -> int:
    """Make this month's partition and the next ones; gives how many were new.

    The database function runs with its owner's rights, so the program's role, which owns no table, can call it.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT trail_ensure_partitions(%s)", [months_ahead])
        return cursor.fetchone()[0]


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Each migration run looks ahead as well, so that an installation without beat is safe for months."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('trail_ensure_partitions') IS NOT NULL")
        exists = cursor.fetchone()[0]
    if exists:
        ensure_partitions(using=using)
