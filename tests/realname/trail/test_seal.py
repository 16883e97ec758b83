"""Sealing: nothing is skipped, nothing is sealed twice, a kill harms nothing, and doubt stops it."""

from threading import Thread
from uuid import uuid4

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from realname.access.actor import SYSTEM
from realname.trail import anchor, places, seal, signing
from realname.trail.canonical import START, read_lines
from realname.trail.errors import SealError
from realname.trail.models import Event, Seal
from realname.trail.prove import NotProvable, check_proof, prove_event
from realname.trail.reanchor import reanchor_trail
from realname.trail.record import GIVEN_COLUMNS
from realname.trail.seal import seal_trail
from realname.trail.strike import strike_seal
from realname.trail.verify import verify_trail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other_connection():
    """A second connection to the test database."""
    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    other = psycopg2.connect(**parameters)
    yield other
    other.close()


def write_over(other) -> None:
    values = dict.fromkeys(GIVEN_COLUMNS, "''") | dict.fromkeys(("person_id", "before", "after"), "NULL")
    values |= {"uid": "gen_random_uuid()", "data": "'{}'", "name": "'specimen.happened'"}
    with other.cursor() as cursor:
        cursor.execute(f"INSERT INTO trail_event ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def test_a_transaction_that_commits_late_is_sealed_in_its_place(happen, other_connection):
    """Rows written after an open transaction wait for it, so that it is never skipped."""
    happen(1)
    write_over(other_connection)
    happen(2)
    assert seal_trail() == 1
    assert Seal.objects.get().count == 1
    other_connection.commit()
    assert seal_trail() == 1
    assert [one.count for one in Seal.objects.all()] == [1, 2]
    assert verify_trail().sound


def test_a_transaction_that_is_rolled_back_leaves_no_gap(happen, other_connection):
    write_over(other_connection)
    happen(1)
    other_connection.rollback()
    assert seal_trail() == 1
    assert (verify_trail().sound, verify_trail().rows) == (True, 1)


def test_writers_do_not_wait_for_each_other_nor_for_the_sealer(happen, other_connection):
    """An insert goes through while another transaction and the sealer's lock are open."""
    write_over(other_connection)
    with other_connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(718205)")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'")
    happen(1)
    assert seal_trail() == 0
    other_connection.commit()
    assert seal_trail() == 1


def test_sealing_nothing_makes_no_seal(happen):
    happen()
    assert [seal_trail(), seal_trail()] == [1, 0]


def test_many_sealers_at_once_make_one_chain(happen):
    for number in range(30):
        happen(number)

    failures: list[Exception] = []

    def seal_once() -> None:
        try:
            seal_trail(batch=4)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=seal_once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    seal_trail(batch=4)
    report = verify_trail()
    assert (report.faults, report.rows, report.unsealed) == ([], 30, 0)


def test_killed_between_commit_and_anchor_the_next_run_makes_up_for_it(happen, monkeypatch):
    happen()
    with monkeypatch.context() as patch:
        patch.setattr(anchor, "anchor", lambda head: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seal_trail()
    assert anchor.heads() == []
    assert verify_trail().sound
    happen()
    assert seal_trail() == 1
    assert [head.number for head in anchor.heads()] == [1, 2]


def test_a_line_torn_by_a_kill_is_written_again(happen):
    happen()
    seal_trail()
    whole = places.anchor_file().read_bytes()
    places.anchor_file().write_bytes(whole[:20])
    happen()
    seal_trail()
    assert places.anchor_file().read_bytes().startswith(whole)
    assert verify_trail().sound


def test_after_seals_were_cut_off_nothing_more_is_sealed(happen):
    """Sealing on would bury the traces; a person has to look, and say why it may go on."""
    for number in range(3):
        happen(number)
    seal_trail(batch=1)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM trail_seal WHERE number = 3")
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(SealError, match="trail verify"):
        seal_trail()
    with pytest.raises(ValueError, match="reason"):
        reanchor_trail(actor=SYSTEM, reason=" ")
    kept = reanchor_trail(actor=SYSTEM, reason="Restored from the backup of Monday.")
    assert len(kept.read_text().splitlines()) == 3
    seal_trail()
    assert verify_trail().sound
    event = Event.objects.get(name="trail.reanchored")
    assert (event.data["old"]["number"], event.data["new"]["number"]) == (3, 2)


def test_in_a_database_whose_transactions_began_anew_nothing_is_sealed(happen):
    """After a logical restore new rows would fall below the seals; see docs/trail.md."""
    happen()
    seal_trail()
    happen()
    head = Seal.objects.get()
    with pytest.raises(SealError, match="pg_resetwal"):
        seal._check_ground(head, head.upper_txid - 1)


def test_without_a_key_production_refuses(happen, settings):
    settings.DEVELOPMENT = False
    happen()
    with pytest.raises(SealError, match="trail key"):
        seal_trail()
    assert signing.create_key()
    assert seal_trail() == 1
    assert places.signing_key_file().stat().st_mode & 0o777 == 0o600
    places.signing_key_file().chmod(0o644)
    with pytest.raises(SealError, match="chmod 600"):
        seal_trail()


def test_a_new_key_keeps_old_seals_believed(happen):
    happen()
    seal_trail()
    places.signing_key_file().unlink()
    happen()
    seal_trail()
    assert len(set(Seal.objects.values_list("key_id", flat=True))) == 2
    assert verify_trail().sound


def test_lines_do_not_depend_on_the_sessions_settings(happen):
    """The same row gives the same bytes, however the server or the session is set up."""
    happen(person_id=uuid4(), after={"name": "x"})
    plain = lines()
    with connection.cursor() as cursor:
        cursor.execute("SET DateStyle = 'German, DMY'; SET TimeZone = 'Asia/Shanghai'; SET bytea_output = 'escape'")
        try:
            assert lines() == plain
        finally:
            cursor.execute("RESET DateStyle; RESET bytea_output; SET TimeZone = 'UTC'")


def lines() -> list[bytes]:
    found: list[bytes] = []
    with transaction.atomic(), connection.cursor() as cursor:
        read_lines(cursor, found.append, after=START)
    assert found
    return found


def test_each_event_has_a_proof_that_stands_alone(happen):
    """RFC 9162: event, path, signed seal and public key are enough; one changed byte breaks it."""
    events = [happen(number) for number in range(5)]
    seal_trail()
    for event in events:
        proof = prove_event(event_id=event.id)
        assert check_proof(proof, keys=signing.trusted_keys())
        assert not check_proof(proof, keys={})
        forged = type(proof)(proof.line.replace(b"happened", b"happenee"), proof.index, proof.path, proof.seal, proof.signature)
        assert not check_proof(forged, keys=signing.trusted_keys())
        assert str(event.id) in proof.as_json()["event"]


def test_what_is_not_sealed_or_not_there_is_not_proven(happen):
    event = happen()
    with pytest.raises(NotProvable, match="not sealed"):
        prove_event(event_id=event.id)
    with pytest.raises(NotProvable, match="no event"):
        prove_event(event_id=0)


def false_seal(**given) -> None:
    """What somebody with the program's role can do: a row that looks like a seal and bears no signature of ours."""
    columns = [field.column for field in Seal._meta.fields]
    values = {"number": "number + 1", "previous_hash": "hash", "signature": "'\\x00'", **given}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO trail_seal ({', '.join(columns)}) SELECT {', '.join(values.get(column, column) for column in columns)} "
            "FROM trail_seal ORDER BY number DESC LIMIT 1"
        )


@pytest.mark.parametrize("given", [{}, {"upper_txid": "upper_txid + 1000000000"}, {"key_id": "'0123456789abcdef'"}])
def test_a_false_seal_stops_the_sealing_and_is_struck_out(happen, given):
    """It is named for what it is, and never reaches the anchor file (P-ALL-4)."""
    happen()
    seal_trail()
    before = places.anchor_file().read_bytes()
    false_seal(**given)
    happen()

    with pytest.raises(SealError, match="trail strike 2"):
        seal_trail()
    assert places.anchor_file().read_bytes() == before

    strike_seal(number=2, actor=SYSTEM, reason="Written by an intruder.")
    assert seal_trail() == 1
    assert verify_trail().sound
    struck = Event.objects.get(name="trail.seal_struck")
    assert (struck.data["number"], struck.reason) == (2, "Written by an intruder.")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_seal WHERE number = 1")


@pytest.mark.parametrize(
    "_case, number, reason, refusal",
    [
        ("a genuine one", 2, "So I like.", "genuine"),
        ("not the newest", 1, "So I like.", "not the newest"),
        ("no reason", 2, " ", "reason"),
    ],
)
def test_no_seal_of_ours_is_struck_out(_case, number, reason, refusal, happen):
    happen()
    happen()
    seal_trail(batch=1)

    with pytest.raises((SealError, ValueError), match=refusal):
        strike_seal(number=number, actor=SYSTEM, reason=reason)
    assert Seal.objects.count() == 2
    assert not Event.objects.filter(name="trail.seal_struck").exists()


def test_an_altered_seal_that_was_anchored_is_not_struck_out(happen):
    """It was one of ours: taking it away would take the proof of its events away."""
    happen()
    seal_trail()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE trail_seal SET signature = '\\x00'")
        cursor.execute("SET session_replication_role = origin")

    with pytest.raises(SealError, match="anchor file"):
        strike_seal(number=1, actor=SYSTEM, reason="It looks false.")
    assert Seal.objects.count() == 1
