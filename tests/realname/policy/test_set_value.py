"""A change of policy is a version, with its author, its reason and its event."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from realname import policy
from realname.access.actor import Actor
from realname.policy import values
from realname.policy.errors import InvalidValue, UnknownParameter
from realname.policy.models import PolicyVersion
from realname.policy.services.set_value import set_value
from realname.trail.models import Event

ACTOR = Actor(kind="staff", id="7", name="compliance", role="compliance")


def test_before_the_first_change_the_default_holds(db, limit):
    assert (policy.value(limit), policy.version()) == (5, 0)


def test_a_change_makes_the_next_version_and_is_read_at_once(db, limit):
    first = set_value(actor=ACTOR, key="test.limit", value=3, note="Stricter.")
    second = set_value(actor=ACTOR, key="test.limit", value=4, note=" Less strict. ")
    assert (first.number, second.number) == (1, 2)
    assert (second.actor_id, second.actor_name, second.note, second.values) == ("7", "compliance", "Less strict.", {"test.limit": 4})
    assert (policy.value(limit), policy.version()) == (4, 2)


def test_a_version_keeps_what_was_changed_before(db, limit):
    policy.Parameter(key="test.wait", type=timedelta, default=timedelta(hours=1), label="Wait")
    set_value(actor=ACTOR, key="test.limit", value=3, note="One.")
    version = set_value(actor=ACTOR, key="test.wait", value=timedelta(minutes=5), note="Two.")
    assert version.values == {"test.limit": 3, "test.wait": 300.0}
    assert PolicyVersion.objects.get(number=1).values == {"test.limit": 3}


def test_a_change_is_told_to_the_trail(db, limit):
    set_value(actor=ACTOR, key="test.limit", value=3, note="Stricter.")
    event = Event.objects.get(name="policy.changed")
    assert (event.actor_id, event.subject_id, event.reason) == ("7", "1", "Stricter.")
    assert event.data == {"key": "test.limit", "old": 5, "new": 3}


@pytest.mark.parametrize(
    ("value", "note", "code"), [("3", "why", "type"), (0, "why", "too_small"), (51, "why", "too_large"), (3, " ", "note")]
)
def test_a_refused_change_leaves_nothing_behind(db, limit, value, note, code):
    with pytest.raises(InvalidValue, match=code):
        set_value(actor=ACTOR, key="test.limit", value=value, note=note)
    assert not PolicyVersion.objects.exists()
    assert not Event.objects.filter(name="policy.changed").exists()
    assert policy.value(limit) == 5


def test_an_unknown_parameter_is_refused(db, limit):
    with pytest.raises(UnknownParameter):
        set_value(actor=ACTOR, key="test.nothing", value=1, note="why")


def test_versions_are_append_only_even_by_sql(db, limit):
    version = set_value(actor=ACTOR, key="test.limit", value=3, note="Stricter.")
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    for sql in ("UPDATE policy_policyversion SET note = ''", "DELETE FROM policy_policyversion"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_stored_value_that_is_refused_by_now_gives_way_to_the_default(db, limit, caplog):
    PolicyVersion.objects.create(number=1, actor_id="7", note="before the limit was narrowed", values={"test.limit": 99})
    assert policy.value(limit) == 5
    assert "test.limit" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_concurrent_changes_make_a_version_each_and_lose_none(limit):
    for i in range(8):
        policy.Parameter(key=f"test.p{i}", type=int, default=0, label="P")
    barrier = threading.Barrier(8)
    failures: list[Exception] = []

    def change(i: int) -> None:
        try:
            barrier.wait(10)
            set_value(actor=ACTOR, key=f"test.p{i}", value=i + 1, note="At once.")
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert list(PolicyVersion.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 9))
    assert PolicyVersion.objects.get(number=8).values == {f"test.p{i}": i + 1 for i in range(8)}


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_is_not_remembered(limit):
    with pytest.raises(RuntimeError), transaction.atomic():
        set_value(actor=ACTOR, key="test.limit", value=3, note="Stricter.")
        assert policy.value(limit) == 3
        raise RuntimeError
    assert (policy.value(limit), policy.version()) == (5, 0)


@pytest.mark.django_db(transaction=True)
def test_the_newest_version_is_read_once_in_five_seconds(limit, monkeypatch, django_assert_num_queries):
    now = [100.0]
    monkeypatch.setattr(values.time, "monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        for _ in range(10):
            policy.value(limit)
    PolicyVersion.objects.create(number=1, actor_id="7", note="from another process", values={"test.limit": 9})
    now[0] += values.CACHE_SECONDS - 0.01
    assert policy.value(limit) == 5
    now[0] += 0.02
    assert (policy.value(limit), policy.version()) == (9, 1)
