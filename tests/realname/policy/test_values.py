"""Reading the policy: which version acts, and how long a process goes on with an older one."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from realname import policy
from realname.policy import values
from realname.policy.errors import Refused
from realname.policy.models import PolicyVersion
from realname.policy.services.publish_draft import publish_draft
from tests.factories import policy as make


def from_another_process(number: int, kept: dict, acts_from: datetime | None = None) -> None:
    """A version that this process was not told about."""
    PolicyVersion.objects.create(number=number, acts_from=acts_from or timezone.now(), reason="r", values=kept)


def test_before_the_first_version_the_default_holds(db, limit):
    assert (policy.value(limit), policy.version()) == (5, 0)


def test_a_stored_value_that_is_refused_by_now_gives_way_to_the_default(db, limit, caplog):
    from_another_process(1, {"test.limit": 99})
    assert policy.value(limit) == 5
    assert "test.limit" in caplog.text


def test_what_is_held_stays_whatever_is_published(db, limit):
    """P-VER-7: one decision, one version."""
    make.published({"test.limit": 3})
    with policy.hold() as snapshot:
        make.published({"test.limit": 4})
        assert (policy.value(limit), policy.version(), snapshot.number) == (3, 1, 1)
    assert (policy.value(limit), policy.version()) == (4, 2)


def test_what_one_thread_holds_no_other_reads(db, limit):
    seen = []
    with policy.hold():
        thread = threading.Thread(target=lambda: seen.append(values._held.get()))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.django_db(transaction=True)
def test_a_publication_rolled_back_is_not_remembered(limit):
    draft = make.proposed({"test.limit": 3})
    with pytest.raises(RuntimeError), transaction.atomic():
        publish_draft(actor=make.PUBLISHER, draft_id=draft.pk, revision=draft.revision)
        assert policy.value(limit) == 3
        raise RuntimeError
    assert (policy.value(limit), policy.version()) == (5, 0)


@pytest.mark.django_db(transaction=True)
def test_another_process_reads_it_within_five_seconds(limit, monkeypatch, django_assert_num_queries):
    now = [100.0]
    monkeypatch.setattr(values.time, "monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        for _ in range(10):
            policy.value(limit)
    from_another_process(1, {"test.limit": 9})
    now[0] += values.CACHE_SECONDS - 0.01
    assert policy.value(limit) == 5
    now[0] += 0.02
    assert (policy.value(limit), policy.version()) == (9, 1)


@pytest.mark.django_db(transaction=True)
def test_a_scheduled_version_acts_at_its_moment_in_every_process(limit, monkeypatch, django_assert_num_queries):
    """Known beforehand, it needs no new reading: no process is late."""
    monkeypatch.setattr(values.time, "monotonic", lambda: 100.0)
    moment = datetime(2026, 12, 2, tzinfo=UTC)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False) as clock:
        from_another_process(1, {"test.limit": 3}, acts_from=moment)
        from_another_process(2, {"test.limit": 4}, acts_from=moment + timedelta(seconds=1))
        assert policy.version() == 0
        with django_assert_num_queries(0):
            clock.shift(1)
            assert (policy.value(limit), policy.version()) == (3, 1)
            clock.shift(1)
            assert (policy.value(limit), policy.version()) == (4, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_published_at_once_one_wins_and_one_is_told(limit):
    drafts = [make.proposed({"test.limit": value}, actor=make.officer()) for value in (3, 4)]
    barrier, told, won = threading.Barrier(2), [], []

    def publish(draft) -> None:
        try:
            barrier.wait(10)
            won.append(publish_draft(actor=make.PUBLISHER, draft_id=draft.pk, revision=draft.revision).values)
        except Refused as refusal:
            told.append((refusal.code, refusal.keys))
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert told == [("base_moved", ("test.limit",))]
    assert [version.values for version in PolicyVersion.objects.all()] == won


@pytest.mark.django_db(transaction=True)
def test_one_draft_published_by_two_at_once_is_one_version(limit):
    draft = make.proposed({"test.limit": 3})
    barrier, told = threading.Barrier(2), []

    def publish(actor) -> None:
        try:
            barrier.wait(10)
            publish_draft(actor=actor, draft_id=draft.pk, revision=draft.revision)
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(make.officer(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert told == ["draft_closed"]
    assert PolicyVersion.objects.count() == 1
