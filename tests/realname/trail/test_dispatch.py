"""Listeners: in order, at least once, each by its own cursor, and a failure is never skipped."""

from datetime import timedelta

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail import SubjectRef, UnknownEvent, listens_to, record
from realname.trail import dispatch as dispatching
from realname.trail.checks import check_listeners
from realname.trail.dispatch import dispatch
from realname.trail.models import ListenerCursor

from .conftest import OTHER, THING

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("only_test_listeners")]


def seen_by(*names: str, name: str = "test.seen") -> list[int]:
    """Add a listener that notes the number of each event."""
    seen: list[int] = []
    listens_to(*names, name=name)(lambda event: seen.append(event.data["n"]))
    return seen


def due(name: str) -> None:
    ListenerCursor.objects.filter(pk=name).update(retry_at=timezone.now() - timedelta(seconds=1))


def test_hears_what_it_waits_for_once_and_in_order(happen):
    seen = seen_by(THING)
    for number in range(5):
        happen(number, name=THING if number != 3 else OTHER)
    assert dispatch().handled == 4
    assert dispatch().handled == 0
    happen(9)
    dispatch()
    assert seen == [0, 1, 2, 4, 9]


def test_an_event_committed_late_is_not_skipped(happen):
    """A transaction open since before keeps back what is newer, until it ends."""
    seen = seen_by(THING)
    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    other = psycopg2.connect(**parameters)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    happen(1)
    dispatch()
    assert (seen, dispatching.is_pending()) == ([], True)
    other.rollback()  # closed alone, its end is seen a moment later
    other.close()
    dispatch()
    assert seen == [1]


def test_a_failing_listener_stops_only_itself_and_is_retried(happen):
    broken, calls = [True], []

    @listens_to(THING, name="test.broken")
    def fail(event):
        calls.append(event.data["n"])
        if broken and event.data["n"] == 2:
            raise LookupError("no such thing")

    seen = seen_by(THING)
    for number in (1, 2, 3):
        happen(number)
    assert dispatch().failed == ["test.broken"]
    assert (seen, calls) == ([1, 2, 3], [1, 2])
    cursor = ListenerCursor.objects.get(pk="test.broken")
    assert (cursor.failures, cursor.last_error) == (1, "LookupError: no such thing")
    assert cursor.retry_at > timezone.now()
    dispatch()
    assert calls == [1, 2]  # not before it is due
    due("test.broken")
    dispatch()
    assert ListenerCursor.objects.get(pk="test.broken").failures == 2
    broken.clear()
    due("test.broken")
    dispatch()
    assert calls == [1, 2, 2, 2, 3]
    cursor.refresh_from_db()
    assert (cursor.failures, cursor.last_error, cursor.retry_at) == (0, "", None)


def test_what_a_failing_handler_wrote_is_undone(happen):
    @listens_to(THING, name="test.half")
    def half(event):
        record(OTHER, actor=SYSTEM, subject=SubjectRef("specimen", "1"), data={"n": 100})
        raise LookupError

    ended = seen_by(OTHER)
    happen(1)
    dispatch()
    dispatch()
    assert ended == []


def test_it_waits_longer_after_each_failure_up_to_five_minutes(happen):
    @listens_to(THING, name="test.never")
    def never(event):
        raise LookupError

    happen(1)
    waits = []
    for _ in range(12):
        dispatch()
        cursor = ListenerCursor.objects.get(pk="test.never")
        waits.append((cursor.retry_at - timezone.now()).total_seconds())
        due("test.never")
    assert cursor.failures == 12
    assert waits[0] <= 1 < waits[2] <= 4
    assert 290 < waits[-1] <= 300


def test_two_dispatchers_do_not_hand_out_the_same_event(happen):
    """The cursor another dispatcher holds is passed over, not waited for."""
    seen = seen_by(THING)
    happen(1)
    ListenerCursor.objects.create(name="test.seen")
    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    other = psycopg2.connect(**parameters)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM trail_listener_cursor FOR UPDATE")
    dispatch()
    assert seen == []
    other.rollback()  # closed alone, its end is seen a moment later
    other.close()
    dispatch()
    assert seen == [1]


def test_long_batches_are_taken_in_slices(happen, monkeypatch):
    monkeypatch.setattr(dispatching, "BATCH", 3)
    monkeypatch.setattr(dispatching, "SLICE_SECONDS", 0)
    seen = seen_by(THING)
    for number in range(10):
        happen(number)
    dispatch()
    assert seen == list(range(10))


def test_an_idle_cursor_follows_so_that_nothing_is_searched_twice(happen, monkeypatch):
    monkeypatch.setattr(dispatching, "IDLE_DISTANCE", 2)
    seen = seen_by(OTHER)
    last = [happen(number) for number in range(5)][-1]
    dispatch()
    assert ListenerCursor.objects.get(pk="test.seen").txid >= last.txid
    happen(7, name=OTHER)
    dispatch()
    assert seen == [7]


def test_one_hint_for_a_transaction_and_only_if_somebody_waits(monkeypatch):
    sent = []
    monkeypatch.setattr("realname.queue.hint", lambda task: sent.append(task.name))
    subject = SubjectRef("specimen", "1")
    with transaction.atomic():
        record(THING, actor=SYSTEM, subject=subject)
    assert sent == []
    seen_by(THING)
    with transaction.atomic():
        record(THING, actor=SYSTEM, subject=subject)
        record(THING, actor=SYSTEM, subject=subject)
    assert sent == ["realname.trail.tasks.dispatch_events"]


def test_a_listener_to_an_unregistered_event_stops_the_start():
    seen_by("specimen.unheard_of")
    assert [message.id for message in check_listeners()] == ["trail.E001"]
    with pytest.raises(UnknownEvent):
        dispatch()


def test_a_doubled_listener_name_stops_the_start():
    seen_by(THING)
    with pytest.raises(ImproperlyConfigured):
        seen_by(OTHER)


def test_who_has_nothing_to_hear_is_not_asked(happen, django_assert_num_queries):
    """One question for all listeners, so that a hint costs the work of those it is for."""
    seen = seen_by(THING)
    for name in ("test.other", "test.third"):
        seen_by(OTHER, name=name)
    dispatch()  # their cursors begin
    with django_assert_num_queries(1):
        dispatch()
    happen(1)
    with CaptureQueriesContext(connection) as queries:
        dispatch()
    assert seen == [1]
    assert not [query["sql"] for query in queries if "test.other'" in query["sql"] and "VALUES" not in query["sql"]]
