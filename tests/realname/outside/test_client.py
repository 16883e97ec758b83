"""The signed client, against a real sandbox over real HTTP."""

import hashlib
import json
import logging
import pickle
import time
import uuid
from dataclasses import replace

import pytest

from realname.outside import Limits, SourceAnswerInvalid, SourceRefused, SourceUnavailable
from tests.realname.outside.conftest import IDENTITY, QUICK

NAME, NUMBER = "欧阳测试", "11010519491231002X"
QUESTION = {"name": NAME, "id_number": NUMBER, "request_key": "k"}


def test_an_answer_is_kept_as_outcome_and_digest(sandbox, make_client):
    """P-VER-7: what was answered can be shown later by its digest."""
    sandbox.add_identity(NAME, NUMBER)

    answer = make_client().post(IDENTITY, QUESTION)

    assert answer.outcome["outcome"] == "MATCH"
    assert answer.digest == hashlib.sha256(json.dumps(answer.outcome).encode()).hexdigest()
    assert answer.attempts == 1
    assert 0 <= answer.milliseconds < 1500


@pytest.mark.parametrize(
    ("_case", "options", "error", "reason", "requests"),
    [
        ("error", {"status": 500}, SourceUnavailable, "status_5xx", 3),
        ("error", {"status": 503}, SourceUnavailable, "status_5xx", 3),
        ("garbage", {}, SourceAnswerInvalid, "not_json", 1),
        ("huge", {}, SourceAnswerInvalid, "too_large", 1),
        ("wrong_signature", {}, SourceAnswerInvalid, "signature", 1),
        ("redirect", {}, SourceAnswerInvalid, "redirect", 1),
        ("hang", {}, SourceUnavailable, "timeout", 3),
        ("latency", {"milliseconds": 3000}, SourceUnavailable, "timeout", 3),
        ("slow_drip", {"milliseconds": 50}, SourceUnavailable, "timeout", 1),
    ],
)
def test_a_fault_ends_in_its_named_error_within_the_time_limit(sandbox, make_client, _case, options, error, reason, requests):
    """P-VER-6: nothing waits for ever, and a fault of the source has a name of its own."""
    limits = replace(QUICK, read=0.4) if reason == "timeout" else replace(QUICK, read=4, total=8)
    sandbox.fault("authority", _case, **options)
    before, started = sandbox.requests("authority"), time.monotonic()

    with pytest.raises(SourceUnavailable) as caught:
        make_client(limits=limits).post(IDENTITY, QUESTION)

    assert time.monotonic() - started < limits.total + 0.5
    assert (type(caught.value), caught.value.reason) == (error, reason)
    assert sandbox.requests("authority") - before == requests


def test_a_short_fault_is_survived_by_retrying(sandbox, make_client):
    """Two failures and an answer: the caller sees the answer, and that it took three attempts."""
    sandbox.fault("authority", "error", status=502, times=2)

    answer = make_client().post(IDENTITY, QUESTION)

    assert answer.attempts == 3


def test_waits_between_attempts_are_random(sandbox, make_client, monkeypatch):
    """Callers that failed together do not come back together."""
    sandbox.fault("authority", "error")
    client, waits = make_client(limits=Limits(attempts=2, first_wait=0.3, longest_wait=0.3)), []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    for _ in range(6):
        with pytest.raises(SourceUnavailable):
            client.post(IDENTITY, QUESTION)

    assert len(set(waits)) == 6
    assert all(0 <= wait <= 0.3 for wait in waits)


def test_nobody_listening_is_a_network_fault(make_client):
    with pytest.raises(SourceUnavailable) as caught:
        make_client(base_url="http://127.0.0.1:9").post(IDENTITY, QUESTION)

    assert caught.value.reason == "network"


def test_a_wrong_key_of_ours_is_refused_and_not_retried(sandbox, make_client):
    """STYLE 12: final is another type than retryable."""
    before = sandbox.requests("authority")

    with pytest.raises(SourceRefused) as caught:
        make_client(key="not the key").post(IDENTITY, QUESTION)

    assert caught.value.reason == "status_401"
    assert sandbox.requests("authority") - before == 1


def test_a_clock_that_is_ten_minutes_off_is_refused(make_client, monkeypatch):
    now = time.time()
    monkeypatch.setattr("realname.outside.signing.time.time", lambda: now - 600)

    with pytest.raises(SourceRefused) as caught:
        make_client().post(IDENTITY, QUESTION)

    assert caught.value.reason == "status_401"


def test_a_question_that_is_no_question_is_refused(make_client):
    with pytest.raises(SourceRefused) as caught:
        make_client().post(IDENTITY, {"name": ["a list"], "id_number": 5})

    assert caught.value.reason == "status_400"


def test_a_huge_question_is_refused(make_client):
    with pytest.raises(SourceRefused) as caught:
        make_client(limits=Limits(read=4, total=8)).post(IDENTITY, {"name": "x" * 3_000_000, "id_number": NUMBER})

    assert caught.value.reason == "status_413"


def test_half_characters_neither_break_nor_leak(make_client):
    """A lone surrogate in a name can't be encoded; it is still asked, and answered as any other name."""
    answer = make_client().post(IDENTITY, QUESTION | {"name": "张\ud800"})

    assert answer.outcome["outcome"] in {"MISMATCH_NAME", "NO_RECORD"}


@pytest.mark.parametrize("kind", ["none", "error", "hang", "garbage", "wrong_signature"])
def test_nothing_personal_in_logs_or_errors(sandbox, make_client, caplog, capsys, kind):
    """P-ALL-1: neither name nor number in a line of log, in an error, or in what an error is chained to."""
    caplog.set_level(logging.DEBUG)
    sandbox.fault("authority", kind)
    seen = ""
    try:
        make_client().post(IDENTITY, QUESTION)
    except SourceUnavailable as error:
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
        seen = repr(error) + str(error)

    output = capsys.readouterr()
    seen += caplog.text + output.out + output.err
    assert "source_asked" in seen
    assert NAME not in seen
    assert NUMBER not in seen


def test_errors_survive_the_way_through_a_queue():
    """Celery pickles what a task raised."""
    error = pickle.loads(pickle.dumps(SourceAnswerInvalid("authority", "signature")))  # noqa: S301

    assert (error.source, error.reason) == ("authority", "signature")


def test_how_it_ended_is_counted_and_invalid_answers_apart(sandbox, make_client):
    from realname.outside import metrics

    source = f"authority-{uuid.uuid4().hex}"
    client = make_client()
    client.source = source
    client.post(IDENTITY, QUESTION)
    sandbox.fault("authority", "wrong_signature", times=1)
    with pytest.raises(SourceAnswerInvalid):
        client.post(IDENTITY, QUESTION)

    def count(result: str) -> float:
        return metrics.CALLS.labels(source, result)._value.get()

    assert (count("answered"), count("SourceAnswerInvalid"), count("SourceUnavailable")) == (1, 1, 0)


def test_an_address_with_a_path_is_signed_as_it_is_sent(sandbox, make_client):
    """The path that is signed is the one on the wire: /authority comes from the address here."""
    answer = make_client(base_url=sandbox.url + "/authority").post("/v1/identity", QUESTION)

    assert "outcome" in answer.outcome
