"""The bytes of a row that are hashed: one line of `COPY … TO STDOUT` in text format.

Postgres writes them, so that Python has only to hash lines; the format escapes tabs, newlines and backslashes and
writes NULL as `\\N`, so no two different rows have the same line. The settings that could change the text of a value are
fixed by `FIXED_SETTINGS`, and nothing else enters: the same rows give the same lines on any server.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Raised whenever COLUMNS or FIXED_SETTINGS change; old seals keep theirs.
FORM = 1

COLUMNS = (
    "txid", "id", "at", "uid", "name", "actor_kind", "actor_id", "actor_name", "actor_role", "device", "ip",
    "subject_kind", "subject_id", "related_kind", "related_id", "person_id", "reason", "purpose", "data", "before",
    "after", "correlation_id",
)  # fmt: skip

FIXED_SETTINGS = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex'; "
    "SET LOCAL client_encoding = 'UTF8'; SET LOCAL statement_timeout = 0"
)
# pg_snapshot_xmin: every transaction below it has ended, so nothing can still appear below it
HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

Key = tuple[int, int]
START: Key = (0, 0)


@dataclass(frozen=True)
class Line:
    """One canonical line and the place of its row in the order."""

    key: Key
    content: bytes


class LineSink:
    """What psycopg2 writes COPY output to: libpq hands over exactly one row at a time."""

    def __init__(self, take: Callable[[bytes], Any]) -> None:
        self.write = take


def key_of(content: bytes) -> Key:
    """The (txid, id) a line begins with, after the form number."""
    _, txid, event_id, _ = content.split(b"\t", 3)
    return int(txid), int(event_id)


def read_lines(cursor: Any, take: Callable[[bytes], Any], *, after: Key, upto: Key | None = None, limit: int | None = None) -> None:
    """Hand the canonical lines of a range to `take`, in order (txid, id).

    `after` is excluded, `upto` included; without `upto` it ends at the horizon below which nothing can still appear.
    `cursor` is a psycopg2 cursor inside a transaction.
    """
    end = f"(txid, id) <= ({int(upto[0])}, {int(upto[1])})" if upto else f"txid < {HORIZON}"
    rows = (
        f"SELECT {FORM}, {', '.join(COLUMNS)} FROM trail_event "  # noqa: S608 - constants and integers only
        f"WHERE (txid, id) > ({int(after[0])}, {int(after[1])}) AND {end} ORDER BY txid, id"
    )
    if limit is not None:
        rows += f" LIMIT {int(limit)}"
    cursor.execute(FIXED_SETTINGS)
    cursor.copy_expert(f"COPY ({rows}) TO STDOUT", LineSink(take))
