"""A forged, deleted, reordered or inserted row is always found, whoever did it (P-ALL-4).

The forger here is a superuser who has switched the triggers off. Each forgery is rolled back after the look.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realname.trail import places
from realname.trail.canonical import COLUMNS
from realname.trail.models import Event, Seal
from realname.trail.seal import seal_trail
from realname.trail.verify import Report, verify_trail

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, BATCH = 40, 7

# for each column, a value that is never there
FORGERIES = {
    **dict.fromkeys(("txid", "id"), "{column} + 1000000"),
    "at": "at + interval '1 microsecond'",
    **dict.fromkeys(("uid", "person_id"), "gen_random_uuid()"),
    "data": "data || '{{\"forged\": 1}}'",
    **dict.fromkeys(("before", "after"), "'\\x00'::bytea"),
}
LOOK_ALIKES = ("{column} || ' '", "{column} || E'\\t'", "{column} || '\\N'", "{column} || chr(8203)")

PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def trail(happen) -> list[tuple[int, int]]:
    """Forty events, all sealed in batches of seven; gives their keys in order."""
    for number in range(ROWS):
        happen(number, reason="reason", purpose="\\N" if number % 5 == 0 else "", person_id=uuid4() if number % 3 == 0 else None)
    seal_trail(batch=BATCH)
    assert Seal.objects.count() == -(-ROWS // BATCH)
    return list(Event.objects.values_list("txid", "id"))


@contextmanager
def forger() -> Iterator:
    """A superuser's cursor with the triggers off; everything is undone at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        transaction.set_rollback(True)


def verify() -> Report:
    return verify_trail(processes=1)


def kinds(report: Report) -> set[str]:
    return {fault.kind for fault in report.faults}


def test_an_untouched_trail_is_sound(trail):
    report = verify()
    assert (report.sound, report.rows, report.seals, report.unsealed) == (True, ROWS, 6, 0)


@PROPERTY
@given(place=st.integers(0, ROWS - 1), column=st.sampled_from(COLUMNS), alike=st.sampled_from(LOOK_ALIKES))
def test_a_forged_row_is_found(trail, place, column, alike):
    """Any column of any row, also by values that look the same."""
    forged = FORGERIES.get(column, alike).format(column=column)
    with forger() as cursor:
        if column == "id":
            cursor.execute("ALTER TABLE trail_event ALTER COLUMN id DROP IDENTITY")
        cursor.execute(f"UPDATE trail_event SET {column} = {forged} WHERE id = %s", [trail[place][1]])
        assert cursor.rowcount == 1
        report = verify()
    assert not report.sound
    assert report.faults[0].seal == place // BATCH + 1
    if column not in ("txid", "id"):
        assert (report.faults[0].kind, report.faults[0].event) == ("altered_event", trail[place][1])


@PROPERTY
@given(places=st.sets(st.integers(0, ROWS - 1), min_size=1, max_size=9))
def test_deleted_rows_are_found(trail, places):
    with forger() as cursor:
        cursor.execute("DELETE FROM trail_event WHERE id = ANY(%s)", [[trail[place][1] for place in places]])
        report = verify()
    assert {fault.seal for fault in report.faults} == {place // BATCH + 1 for place in places}
    assert kinds(report) == {"missing_event"}


@PROPERTY
@given(pair=st.lists(st.integers(0, ROWS - 1), min_size=2, max_size=2, unique=True), column=st.sampled_from(["txid", "id", "at"]))
def test_reordered_rows_are_found(trail, pair, column):
    """Two rows exchange their transaction, their id, or their time."""
    one, two = (trail[place][1] for place in pair)
    with forger() as cursor:
        if column == "id":
            cursor.execute("ALTER TABLE trail_event ALTER COLUMN id DROP IDENTITY")
        cursor.execute(f"SELECT id, {column} FROM trail_event WHERE id IN (%s, %s)", [one, two])
        values = dict(cursor.fetchall())
        cursor.execute(
            f"UPDATE trail_event SET {column} = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
            [one, values[two], values[one], one, two],
        )
        report = verify()
    assert not report.sound


@PROPERTY
@given(source=st.integers(0, ROWS - 1), place=st.integers(0, ROWS - 1), new_id=st.integers(1, 10**9))
def test_inserted_rows_are_found(trail, source, place, new_id):
    """A copy of any row, slipped into the past next to any other."""
    txid, event_id = trail[place]
    columns = ", ".join(column for column in COLUMNS if column not in ("txid", "id"))
    new_id = -new_id if place else event_id - 1  # below the row in its transaction, above the one before it
    with forger() as cursor:
        cursor.execute(
            f"INSERT INTO trail_event (txid, id, {columns}) OVERRIDING SYSTEM VALUE "
            f"SELECT %s, %s, {columns} FROM trail_event WHERE id = %s",
            [txid, new_id, trail[source][1]],
        )
        report = verify()
    assert (report.faults[0].kind, report.faults[0].seal) == ("inserted_event", place // BATCH + 1)


SEAL_FORGERIES = {
    **dict.fromkeys(("count", "lower_txid", "lower_id", "upper_txid", "upper_id", "form"), "{column} + 1"),
    **dict.fromkeys(("root", "previous_hash", "hash", "signature", "marks"), "set_byte({column}, 3, (get_byte({column}, 3) + 1) %% 256)"),
    "key_id": "'0000000000000000'",
    "sealed_at": "sealed_at + interval '1 second'",
}  # fmt: skip


@pytest.mark.parametrize("column", SEAL_FORGERIES)
@pytest.mark.parametrize("number", [1, 3, 6])
def test_an_altered_seal_is_found(trail, column, number):
    with forger() as cursor:
        forged = SEAL_FORGERIES[column].format(column=column)
        cursor.execute(f"UPDATE trail_seal SET {column} = {forged} WHERE number = %s", [number])
        report = verify()
    assert number in {fault.seal for fault in report.faults}


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_seal_taken_from_the_middle_is_found(trail, number):
    with forger() as cursor:
        cursor.execute("DELETE FROM trail_seal WHERE number = %s", [number])
        report = verify()
    assert ("missing_seal", number) in {(fault.kind, fault.seal) for fault in report.faults}


@pytest.mark.parametrize("cut", [1, 4, 6])
def test_newest_seals_cut_off_with_their_rows_are_found(trail, cut):
    """The table is sound in itself then; the anchor file tells."""
    with forger() as cursor:
        cursor.execute("DELETE FROM trail_seal WHERE number > %s", [6 - cut])
        cursor.execute("DELETE FROM trail_event WHERE id > %s", [trail[(6 - cut) * BATCH - 1][1] if cut < 6 else 0])
        report = verify()
    assert kinds(report) == {"missing_seal"}
    assert report.faults[0].seal == 6 - cut + 1


def test_a_trail_signed_anew_with_another_key_is_found(trail, tmp_path, settings):
    """Someone who owns the database, but not the key, forges a row and seals everything again."""
    trusted, heads = places.public_keys_file().read_text(), places.anchor_file().read_text()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE trail_seal")
        cursor.execute("UPDATE trail_event SET reason = 'forged' WHERE id = %s", [trail[0][1]])
        cursor.execute("SET session_replication_role = origin")
    settings.TRAIL_SIGNING_KEY_FILE = tmp_path / "other.pem"
    places.anchor_file().unlink()
    seal_trail(batch=BATCH)
    assert verify().sound  # by the forger's own key and file
    places.public_keys_file().write_text(trusted)
    assert kinds(verify()) == {"unknown_key"}
    places.anchor_file().write_text(heads)
    assert kinds(verify()) == {"unknown_key", "altered_seal"}


def test_lines_cut_from_the_anchor_file_are_found(trail):
    lines = places.anchor_file().read_text().splitlines(keepends=True)
    places.anchor_file().write_text("".join(lines[:3]))
    assert kinds(verify()) == {"missing_anchor"}
    places.anchor_file().unlink()
    assert kinds(verify()) == {"missing_anchor"}


def test_two_processes_find_what_one_finds(trail, monkeypatch):
    monkeypatch.setattr("realname.trail.verify.ROWS_FOR_PROCESSES", 0)
    monkeypatch.setattr("realname.trail.verify.GROUP_ROWS", 10)
    assert verify_trail(processes=2).sound
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE trail_event SET reason = 'forged' WHERE id = %s", [trail[30][1]])
        cursor.execute("SET session_replication_role = origin")
    report = verify_trail(processes=2)
    assert [(fault.kind, fault.event) for fault in report.faults] == [("altered_event", trail[30][1])]
