"""Check the rows of consecutive seals: the heavy part of `verify`, free of Django so that it runs in processes of its own."""

from dataclasses import dataclass
from typing import Any

import psycopg2

from realname.trail import merkle
from realname.trail.canonical import Key, key_of, read_lines

# enough to tell one row from another by accident; the root is what proves
MARK_BYTES = 8


@dataclass(frozen=True)
class SealedRange:
    """What a seal says of its rows: `count` of them after `after` up to and with `upto`, with this Merkle root."""

    number: int
    after: Key
    upto: Key
    count: int
    root: bytes


@dataclass(frozen=True)
class Fault:
    """Something is wrong: `kind` for machines, `message` for people."""

    kind: str
    message: str
    seal: int | None = None
    event: int | None = None


def check_in_own_process(parameters: dict[str, Any], group: list[SealedRange]) -> list[Fault]:
    """`check_group` over a connection of its own."""
    connection = psycopg2.connect(**parameters)
    try:
        with connection, connection.cursor() as cursor:
            return check_group(cursor, group)
    finally:
        connection.close()


def check_group(cursor: Any, group: list[SealedRange]) -> list[Fault]:
    """Faults in the rows of these consecutive seals, which must touch each other without gap."""
    leaves: list[bytes] = []
    hash_leaf, take = merkle.leaf_hash, leaves.append
    read_lines(cursor, lambda line: take(hash_leaf(line)), after=group[0].after, upto=group[-1].upto)
    marks, start = _marks(cursor, group), 0
    if len(leaves) == sum(sealed.count for sealed in group):
        for sealed in group:
            part = leaves[start : start + sealed.count]
            start += sealed.count
            if merkle.root(part) != sealed.root or marks_of(part) != marks[sealed.number]:
                break
        else:
            return []
    return [fault for sealed in group if (fault := _check_one(cursor, sealed, marks[sealed.number])) is not None]


def _check_one(cursor: Any, sealed: SealedRange, marks: bytes) -> Fault | None:
    """Name what is wrong in one seal, row by row."""
    lines: list[bytes] = []
    read_lines(cursor, lines.append, after=sealed.after, upto=sealed.upto)
    leaves = [merkle.leaf_hash(line) for line in lines]
    if len(leaves) == sealed.count and merkle.root(leaves) == sealed.root:
        if marks_of(leaves) == marks:
            return None
        return Fault("altered_seal", f"Seal {sealed.number}: its marks were altered; its rows are sound.", sealed.number)
    return _name_row(sealed, lines, leaves, marks)


def _name_row(sealed: SealedRange, lines: list[bytes], leaves: list[bytes], marks: bytes) -> Fault:
    """The first row that differs from what was sealed, told by the marks."""
    expected = [marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES)]
    found = [leaf[:MARK_BYTES] for leaf in leaves]
    at = next((place for place, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(expected), len(found)) if at is None else at
    event = key_of(lines[at])[1] if at < len(lines) else None
    where = f"at place {at + 1} of {sealed.count} in seal {sealed.number}"
    number = sealed.number
    if event is None:
        return Fault("missing_event", f"A row is missing {where}, the last of them.", number)
    if len(found) < len(expected):
        return Fault("missing_event", f"A row is missing {where}, just before event {event}.", number, event)
    if len(found) > len(expected):
        return Fault("inserted_event", f"Event {event}, {where}, was inserted after the sealing.", number, event)
    return Fault("altered_event", f"Event {event}, {where}, is not the row that was sealed.", number, event)


def _marks(cursor: Any, group: list[SealedRange]) -> dict[int, bytes]:
    cursor.execute("SELECT number, marks FROM trail_seal WHERE number BETWEEN %s AND %s", [group[0].number, group[-1].number])
    return {number: bytes(marks) for number, marks in cursor.fetchall()}


def marks_of(leaves: list[bytes]) -> bytes:
    """The first bytes of each leaf hash: what lets verify name the row that was touched."""
    return b"".join([leaf[:MARK_BYTES] for leaf in leaves])
