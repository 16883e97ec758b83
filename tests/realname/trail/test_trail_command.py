"""`manage.py trail`, as an auditor uses it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from realname.trail.seal import seal_trail

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("trail", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_verify_says_that_the_trail_is_sound(happen):
    for number in range(3):
        happen(number)
    assert "Seals made: 1." in run("seal")[0]
    happen(4)
    out, err = run("verify")
    assert "Checked 3 sealed events under 1 seals" in out
    assert "Not sealed yet: 1 events" in out
    assert "The trail is sound." in out
    assert err == ""


def test_verify_names_the_first_bad_row_and_ends_with_1(happen):
    events = [happen(number) for number in range(3)]
    seal_trail()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE trail_event SET reason = 'x' WHERE id = %s", [events[1].id])
        cursor.execute("SET session_replication_role = origin")
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("trail", "verify", stdout=out, stderr=err)
    assert end.value.code == 1
    assert f"FAULT altered_event: Event {events[1].id}, at place 2 of 3 in seal 1" in err.getvalue()
    assert "NOT SOUND" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("trail", "verify", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["sound"], report["faults"][0]["event"]) == (False, events[1].id)


def test_prove_prints_a_proof_for_people_and_for_machines(happen):
    events = [happen(number) for number in range(3)]
    seal_trail()
    out, _ = run("prove", str(events[2].id))
    assert f"Event {events[2].id} is number 3 of 3 in seal 1" in out
    proof = json.loads(run("prove", str(events[2].id), "--json")[0])
    assert (proof["index"], proof["size"], len(proof["path"])) == (2, 3, 1)


def test_prove_of_an_unknown_event_is_one_sentence():
    with pytest.raises(CommandError, match="There is no event 99."):
        run("prove", "99")


def test_a_key_is_made_once(trail_places):
    assert "Made" in run("key")[0]
    assert "Kept" in run("key")[0]
