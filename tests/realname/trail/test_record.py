"""`record()`: what is written, and what is refused."""

from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from realname.access.actor import SYSTEM, Actor
from realname.trail import (
    EventType,
    NotInTransaction,
    PersonalDataInTrail,
    SubjectRef,
    UnknownEvent,
    WrongSubject,
    record,
    record_each,
    register,
)  # fmt: skip
from realname.trail.correlation import bind_correlation
from realname.trail.models import Event
from realname.trail.personal import open_values
from realname.vault.errors import Tampered

from .conftest import THING

SPECIMEN = SubjectRef("specimen", "7")
CLERK = Actor(kind="staff", id="c1", name="clerk", role="clerk", device="d1", ip="192.0.2.9")


@pytest.mark.django_db
def test_writes_who_what_when_and_why():
    """P-ALL-4: every column of the row is what was said, and is read back the same."""
    person = uuid4()
    with bind_correlation("request-12345678"):
        event = record(
            THING, actor=CLERK, subject=SPECIMEN, related=SubjectRef("Line", "9"), person_id=person, reason="R1",
            purpose="audit", data={"score": 0.5},
        )  # fmt: skip
    row = Event.objects.get(pk=event.id)
    for field in Event._meta.concrete_fields:
        assert getattr(row, field.attname) == getattr(event, field.attname), field.attname
    assert (row.actor_kind, row.actor_id, row.actor_name, row.actor_role) == ("staff", "c1", "clerk", "clerk")
    assert (row.device, row.ip, row.reason, row.purpose) == ("d1", "192.0.2.9", "R1", "audit")
    assert (row.subject_kind, row.subject_id, row.related_kind, row.related_id) == ("specimen", "7", "line", "9")
    assert (row.person_id, row.data, row.correlation_id) == (person, {"score": 0.5}, "request-12345678")


@pytest.mark.django_db
def test_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        record(THING, actor=SYSTEM, subject=SPECIMEN, data={"n": 1})


@pytest.mark.django_db
def test_many_are_written_by_one_query_each_as_if_alone(django_assert_num_queries):
    """P-ALL-4: what happens to hundreds at once is one row each, and each can be proven alone."""
    subjects = [SubjectRef("specimen", str(number)) for number in range(300)]
    with django_assert_num_queries(1), bind_correlation("request-12345678"):
        assert record_each(THING, actor=CLERK, subjects=subjects, related=SubjectRef("Line", "9")) == 300

    rows = list(Event.objects.filter(name=THING).order_by("id"))
    assert [row.subject_id for row in rows] == [str(number) for number in range(300)]
    alone = record(THING, actor=CLERK, subject=SPECIMEN, related=SubjectRef("Line", "9"))
    own = {"id", "uid", "txid", "at", "subject_id", "correlation_id"}
    for field in (each.attname for each in Event._meta.concrete_fields if each.attname not in own):
        assert {getattr(row, field) if field != "data" else str(row.data) for row in rows} == {
            getattr(alone, field) if field != "data" else str(alone.data)
        }, field
    assert {row.correlation_id for row in rows} == {"request-12345678"}
    assert len({row.uid for row in rows}) == 300
    assert record_each(THING, actor=CLERK, subjects=[]) == 0


@pytest.mark.django_db
def test_of_many_none_is_written_where_one_is_wrong():
    with pytest.raises(WrongSubject):
        record_each(THING, actor=CLERK, subjects=[SPECIMEN, SubjectRef("line", "1")])
    assert not Event.objects.filter(name=THING).exists()


@pytest.mark.django_db
def test_before_and_after_are_encrypted_for_the_person_and_bound_to_the_event():
    """P-ALL-1: nothing personal lies open; the bytes of one event or column open in no other."""
    person = uuid4()
    event = record(THING, actor=SYSTEM, subject=SPECIMEN, person_id=person, before={"name": "李雷"}, after={"name": "韩梅梅"})
    row = Event.objects.get(pk=event.id)
    assert row.before_values() == {"name": "李雷"}
    assert row.after_values() == {"name": "韩梅梅"}
    assert "李雷".encode() not in bytes(row.before)
    row.before = row.after
    with pytest.raises(Tampered):
        open_values(row, "before")
    row.uid = uuid4()
    with pytest.raises(Tampered):
        open_values(row, "after")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        record(THING, actor=SYSTEM, subject=SPECIMEN)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_vanishes_with_the_change_it_speaks_of():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(THING, actor=SYSTEM, subject=SPECIMEN)
        raise RuntimeError
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("_case", "given", "error"),
    [
        ("unregistered", {"name": "specimen.unheard_of"}, UnknownEvent),
        ("other subject", {"subject": SubjectRef("line", "1")}, WrongSubject),
        ("ID number in data", {"data": {"note": "is 11010519491231002X"}}, PersonalDataInTrail),
        ("phone number in data", {"data": {"to": "13800138000"}}, PersonalDataInTrail),
        ("personal without a person", {"before": {"name": "x"}}, ValueError),
        ("before not registered", {"name": "specimen.ended", "before": {"name": "x"}, "person_id": uuid4()}, ValueError),
    ],
)
def test_refuses(_case, given, error):
    call = {"name": THING, "actor": SYSTEM, "subject": SPECIMEN, **given}
    with pytest.raises(error):
        record(call.pop("name"), **call)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_ids_and_times_in_data_are_no_phone_numbers():
    data = {"id": "a1b2c3d4-0000-4000-8000-138001380001", "ms": 1763935668123, "hex": "f13800138000"}
    assert record(THING, actor=SYSTEM, subject=SPECIMEN, data=data).data == data


@pytest.mark.django_db
def test_a_nul_character_does_not_undo_the_act():
    assert record(THING, actor=SYSTEM, subject=SPECIMEN, reason="a\x00b").reason == "ab"


@pytest.mark.parametrize("name", [THING, "NoDots", "two.dots.here", "specimen."])
def test_a_doubled_or_malformed_name_stops_the_start(name):
    with pytest.raises(ImproperlyConfigured):
        register(EventType(name=name, label="x", subject="specimen"))


@pytest.mark.django_db
def test_lands_in_the_partition_of_its_month():
    event = record(THING, actor=SYSTEM, subject=SPECIMEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM trail_event WHERE id = %s", [event.id])
        assert cursor.fetchone()[0] == f"trail_event_{event.at:%Y_%m}"
