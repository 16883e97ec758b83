"""Hand new events to the listeners, each by its own cursor, so that one that fails holds up nobody else."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from realname.trail.canonical import HORIZON, Key
from realname.trail.errors import UnknownEvent
from realname.trail.listeners import Listener, all_listeners, unknown_names
from realname.trail.models import Event, ListenerCursor

log = structlog.get_logger(__name__)

BATCH = 200
# One transaction lasts about this long: while it is open, nobody sees the events written in it or after it.
SLICE_SECONDS = 0.2
# The first retry comes after a second, the tenth and all later ones after about five minutes.
BACKOFF_SECONDS, BACKOFF_LIMIT = 1, 300
LOUD_AFTER_FAILURES = 5
# An idle cursor is moved up when this many transactions lie behind it, so that nobody searches the same rows for ever.
IDLE_DISTANCE = 1000
LAST_ID = 2**63 - 1


@dataclass
class Dispatched:
    """What one run did: events handled, and the listeners whose handler raised."""

    handled: int = 0
    failed: list[str] = field(default_factory=list)


def dispatch(*, only: str | None = None) -> Dispatched:
    """Run every listener (or one) up to the horizon. Raises UnknownEvent if one waits for a name nobody registers."""
    if wrong := unknown_names():
        raise UnknownEvent(f"Listener {wrong[0][0]!r} waits for {wrong[0][1]!r}, which no app registers.")
    result = Dispatched()
    wanted = [listener for listener in all_listeners() if only in (None, listener.name)]
    for listener in _with_work(wanted):
        while _run_slice(listener, result):
            pass
    return result


def _with_work(listeners: list[Listener]) -> list[Listener]:
    """Those that have something to hear, a cursor to begin or to move up: one question in place of half a dozen for each.

    Most runs are a hint of one event that one or two listeners wait for.
    """
    if not listeners:
        return []
    heard = ", ".join(["(%s, %s::text[])"] * len(listeners))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT heard.listener FROM (VALUES {heard}) AS heard (listener, names) "  # noqa: S608
            f"LEFT JOIN {ListenerCursor._meta.db_table} AS place ON place.name = heard.listener "
            f"WHERE place.name IS NULL OR {HORIZON} - 1 - place.txid > %s OR EXISTS (SELECT 1 FROM trail_event "
            f"WHERE (txid, id) > (place.txid, place.event_id) AND txid < {HORIZON} AND trail_event.name = ANY(heard.names))",
            [part for each in listeners for part in (each.name, sorted(each.names))] + [IDLE_DISTANCE],
        )
        named = {name for (name,) in cursor.fetchall()}
    return [listener for listener in listeners if listener.name in named]


def is_pending() -> bool:
    """Whether events lie above the horizon: committed, but an older transaction is still open."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM trail_event WHERE txid >= {HORIZON})")  # noqa: S608
        return cursor.fetchone()[0]


def _run_slice(listener: Listener, result: Dispatched) -> bool:
    """Handle what fits into one slice; says whether there may be more."""
    ListenerCursor.objects.get_or_create(name=listener.name)
    with transaction.atomic():
        cursor = ListenerCursor.objects.select_for_update(skip_locked=True).filter(pk=listener.name).first()
        if cursor is None or (cursor.retry_at and cursor.retry_at > timezone.now()):
            return False
        horizon = _horizon()
        events = list(_new_events(listener, cursor, horizon))
        handled, error = _handle(listener, events)
        result.handled += handled
        if error is not None:
            result.failed.append(listener.name)
            _report(listener, events[handled], error, failures=1 if handled else cursor.failures + 1)
        everything = error is None and handled == len(events) and len(events) < BATCH
        _move(cursor, events[:handled], end=(horizon - 1, LAST_ID) if everything else None, error=error)
        return error is None and not everything


def _horizon() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HORIZON}")  # noqa: S608
        return cursor.fetchone()[0]


def _new_events(listener: Listener, cursor: ListenerCursor, horizon: int) -> Iterable[Event]:
    """The next events of the listener in order (txid, id). A pair is compared as a pair, so the index serves it."""
    return Event.objects.raw(
        "SELECT * FROM trail_event WHERE (txid, id) > (%s, %s) AND txid < %s AND name = ANY(%s) ORDER BY txid, id LIMIT %s",
        [cursor.txid, cursor.event_id, horizon, sorted(listener.names), BATCH],
    )


def _handle(listener: Listener, events: list[Event]) -> tuple[int, Exception | None]:
    """Call the handler, each event in a savepoint, until the slice is over or it raises."""
    deadline = time.monotonic() + SLICE_SECONDS
    for done, event in enumerate(events):
        try:
            with transaction.atomic():
                listener.handler(event)
        except Exception as error:
            return done, error
        if time.monotonic() > deadline:
            return done + 1, None
    return len(events), None


def _move(cursor: ListenerCursor, handled: list[Event], *, end: Key | None, error: Exception | None) -> None:
    """Write down how far it got. A handler's failure is kept in the row, where staff can see it."""
    moved = bool(handled)
    if handled:
        cursor.txid, cursor.event_id = handled[-1].txid, handled[-1].id
        cursor.failures, cursor.last_error, cursor.retry_at = 0, "", None
    if error is not None:
        cursor.failures += 1
        wait = min(BACKOFF_SECONDS * 2 ** min(cursor.failures - 1, 20), BACKOFF_LIMIT)
        cursor.last_error = f"{type(error).__name__}: {error}"[:2000]
        cursor.retry_at = timezone.now() + timedelta(seconds=wait)
    if end and (handled or end[0] - cursor.txid > IDLE_DISTANCE):
        cursor.txid, cursor.event_id = max((cursor.txid, cursor.event_id), end)
        moved = True
    if moved or error is not None:
        cursor.save()


def _report(listener: Listener, event: Event, error: Exception, *, failures: int) -> None:
    say = log.error if failures >= LOUD_AFTER_FAILURES else log.warning
    say("listener_failed", listener=listener.name, event_id=event.id, event_name=event.name, failures=failures, exc_info=error)
