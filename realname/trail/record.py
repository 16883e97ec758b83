"""`record`: the one way anything gets into the trail."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from realname.trail import listeners, registry
from realname.trail.correlation import correlation_id
from realname.trail.errors import NotInTransaction, PersonalDataInTrail, WrongSubject
from realname.trail.personal import close_values
from realname.trail.registry import EventType
from realname.trail.subject import SubjectRef, subject_ref

if TYPE_CHECKING:
    from realname.trail.models import Event

# id, txid and at are the database's own business: whoever inserts can't choose them (grants.py)
GIVEN_COLUMNS = (
    "uid", "name", "actor_kind", "actor_id", "actor_name", "actor_role", "device", "ip", "subject_kind", "subject_id",
    "related_kind", "related_id", "person_id", "reason", "purpose", "data", "before", "after", "correlation_id",
)  # fmt: skip
_INTO = f"INSERT INTO trail_event ({', '.join(GIVEN_COLUMNS)}) VALUES "  # noqa: S608 - constants only
_ROW = f"({', '.join(['%s'] * len(GIVEN_COLUMNS))})"
INSERT = f"{_INTO}{_ROW} RETURNING id, txid, at"
_FIELDS = ("id", "txid", "at", *GIVEN_COLUMNS)
_DATA = GIVEN_COLUMNS.index("data")
_encoder = DjangoJSONEncoder(allow_nan=False)
# A citizen's ID number (GB 11643) or a mobile number standing alone in the text.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z-])(?:[1-9]\d{16}[0-9Xx]|1[3-9]\d{9})(?![0-9A-Za-z-])")


class Who(Protocol):
    """What is read of an actor (realname.access.actor.Actor)."""

    kind: str
    id: str
    name: str
    role: str
    device: str
    ip: str
    place: Mapping[str, str]


def record(
    name: str,
    *,
    actor: Who,
    subject: Any,
    person_id: UUID | str | None = None,
    related: Any = None,
    reason: str = "",
    purpose: str = "",
    data: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> "Event":
    """Write one event in the current transaction (P-ALL-4).

    `subject` and `related` are model instances or `SubjectRef`s. `data` holds codes, counts and ids, nothing personal;
    `before` and `after` may be personal: they are encrypted under the data key of `person_id`, which they need.
    Raises UnknownEvent, NotInTransaction, WrongSubject, PersonalDataInTrail, ValueError.
    """
    known, connection = _ready(name)
    about = _about(known, subject)
    if person_id is not None and not isinstance(person_id, UUID):
        person_id = UUID(person_id)
    # a clerk in a shop: where it happened goes with whatever happened (P-REG-6)
    data = {**(data or {}), **actor.place} if actor.place else data
    if before is not None or after is not None:
        _check_personal(known, person_id, before, after)
    values = _values(known, actor, about, subject_ref(related), person_id, reason, purpose, data, before, after)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        row = cursor.fetchone()
    if listeners.is_heard(name):
        _hint_once()
    return _event(connection.alias, values, row, data)


def record_each(name: str, *, actor: Who, subjects: Iterable[Any], related: Any = None) -> int:
    """Write one event of this name about each subject, all by one statement; answers how many. For acts on hundreds of things at once.

    Each row is as `record` would have written it. Raises as `record` does, and then none is written.
    """
    known, connection = _ready(name)
    to, data = subject_ref(related), dict(actor.place) or None
    rows = [_values(known, actor, _about(known, subject), to, None, "", "", data, None, None) for subject in subjects]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_INTO + ", ".join([_ROW] * len(rows)), [value for row in rows for value in row])
    if listeners.is_heard(name):
        _hint_once()
    return len(rows)


def _ready(name: str) -> tuple[EventType, BaseDatabaseWrapper]:
    known = registry.event_type(name)
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"record({name!r}) must run in the transaction of the change it speaks of.")
    return known, connection


def _about(known: EventType, subject: Any) -> SubjectRef:
    about = subject_ref(subject)
    if about.kind != known.subject:
        raise WrongSubject(f"{known.name} is about a {known.subject!r}, not a {about.kind!r}.")
    return about


def _check_personal(known: EventType, person_id: UUID | None, before: Any, after: Any) -> None:
    for column, value in (("before", before), ("after", after)):
        if value is None:
            continue
        if column not in known.personal:
            raise ValueError(f"{known.name} is not registered to carry {column!r}: name it in EventType.personal.")
        if person_id is None:
            raise ValueError(f"{known.name}: {column!r} needs the person_id under whose key it is encrypted.")


def _values(
    known: EventType,
    actor: Who,
    about: SubjectRef,
    related: SubjectRef,
    person_id: UUID | None,
    reason: str,
    purpose: str,
    data: dict[str, Any] | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> list[Any]:
    """The values of GIVEN_COLUMNS."""
    uid = uuid4()
    return [
        uid, known.name,
        actor.kind, actor.id, _text(actor.name), actor.role, _text(actor.device), actor.ip,
        about.kind, about.id, related.kind, related.id, person_id, _text(reason), _text(purpose), _json(known, data),
        None if before is None else close_values(before, column="before", uid=uid, person_id=person_id),
        None if after is None else close_values(after, column="after", uid=uid, person_id=person_id),
        correlation_id(),
    ]  # fmt: skip


def _text(value: Any) -> str:
    if not value:
        return ""
    # Postgres takes no NUL in text, and a browser's oddity must not undo a person's act
    value = str(value)
    return value if "\x00" not in value else value.replace("\x00", "")


def _json(known: EventType, data: dict[str, Any] | None) -> str:
    if not data:
        return "{}"
    text = _encoder.encode(data)
    if _PERSONAL.search(text):
        raise PersonalDataInTrail(f"{known.name}: data holds an ID or phone number. Put it into before or after.")
    return text


def _event(alias: str, values: list[Any], row: tuple[Any, ...], data: dict[str, Any] | None) -> "Event":
    from realname.trail.models import Event

    # in the order of the model's fields, which takes a third of the time of naming them
    return Event.from_db(alias, _FIELDS, [*row, *values[:_DATA], dict(data or {}), *values[_DATA + 1 :]])


def _hint_once() -> None:
    """Wake the dispatcher when the transaction commits: once, however many events it wrote."""
    connection = transaction.get_connection()
    if not any(entry[1] is _send_hint for entry in connection.run_on_commit):
        transaction.on_commit(_send_hint, robust=True)


def _send_hint() -> None:
    from realname.queue import hint
    from realname.trail.tasks import dispatch_events

    hint(dispatch_events)
