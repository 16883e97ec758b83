"""The circuit breaker, shared through Redis and alone."""

import socket
import threading
import time
import uuid

import pytest

from realname.outside import Breaker, SourceAnswerInvalid, SourceRefused, SourceUnavailable, Thresholds
from realname.outside.counters import ProcessCounters, RedisCounters, SharedCounters
from tests.realname.outside.conftest import IDENTITY

THRESHOLDS = Thresholds(failures_to_open=3, window_seconds=5, open_seconds=0.3, trial_seconds=2)
NOWHERE = "redis://127.0.0.1:9/0"


@pytest.fixture(params=["redis", "process", "redis_away"])
def counters(request, settings):
    """Each place where counts can be kept: they must behave alike."""
    if request.param == "redis":
        return RedisCounters(settings.REDIS_URL)
    return ProcessCounters() if request.param == "process" else SharedCounters(NOWHERE)


@pytest.fixture
def breaker(counters) -> Breaker:
    return Breaker(f"test-{uuid.uuid4().hex}", counters, THRESHOLDS)


def fail(breaker: Breaker, times: int = 1, error: type[SourceUnavailable] = SourceUnavailable) -> None:
    for _ in range(times):
        with pytest.raises(SourceUnavailable), breaker.guard():
            raise error("test", "network")


def succeed(breaker: Breaker) -> None:
    with breaker.guard():
        pass


def test_opens_after_the_threshold_and_then_nobody_asks(breaker):
    fail(breaker, 2)
    assert breaker.state() == "closed"
    fail(breaker)
    assert breaker.state() == "open"

    with pytest.raises(SourceUnavailable) as caught, breaker.guard():
        pytest.fail("asked although open")
    assert caught.value.reason == "breaker_open"


def test_a_success_between_failures_starts_the_count_again(breaker):
    fail(breaker, 2)
    succeed(breaker)
    fail(breaker, 2)

    assert breaker.state() == "closed"


def test_half_open_lets_one_try_and_success_closes(breaker):
    fail(breaker, 3)
    time.sleep(0.35)
    assert breaker.state() == "half_open"

    with breaker.guard():
        with pytest.raises(SourceUnavailable) as second, breaker.guard():
            pytest.fail("a second trial beside the first")
        assert second.value.reason == "breaker_open"

    assert breaker.state() == "closed"
    fail(breaker, 2)
    assert breaker.state() == "closed"


def test_half_open_trial_that_fails_opens_again_at_once(breaker):
    fail(breaker, 3)
    time.sleep(0.35)
    fail(breaker)

    assert breaker.state() == "open"


def test_a_trial_that_breaks_by_our_own_fault_gives_its_place_back(breaker):
    fail(breaker, 3)
    time.sleep(0.35)
    with pytest.raises(ZeroDivisionError), breaker.guard():
        raise ZeroDivisionError

    succeed(breaker)
    assert breaker.state() == "closed"


def test_invalid_answers_count_and_refusals_do_not(breaker):
    """A source that refuses us is alive."""
    for _ in range(5):
        with pytest.raises(SourceRefused), breaker.guard():
            raise SourceRefused("test", "status_400")
    assert breaker.state() == "closed"

    fail(breaker, 3, SourceAnswerInvalid)
    assert breaker.state() == "open"


def test_what_one_process_learns_all_know(settings):
    """Two breakers with connections of their own, as two workers have."""
    source = f"test-{uuid.uuid4().hex}"
    one = Breaker(source, SharedCounters(settings.REDIS_URL), THRESHOLDS)
    other = Breaker(source, SharedCounters(settings.REDIS_URL), THRESHOLDS)

    fail(one, 2)
    fail(other)

    assert one.state() == other.state() == "open"
    one.reset()


def test_of_many_that_come_at_once_one_is_the_trial(settings):
    breaker = Breaker(f"test-{uuid.uuid4().hex}", SharedCounters(settings.REDIS_URL), THRESHOLDS)
    fail(breaker, 3)
    time.sleep(0.35)
    asked, start = [], threading.Barrier(16)

    def ask() -> None:
        start.wait()
        try:
            with breaker.guard():
                asked.append(1)
                time.sleep(0.1)
        except SourceUnavailable:
            pass

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(asked) == 1
    breaker.reset()


def test_a_redis_that_hangs_costs_half_a_second_once():
    """It takes connections and never answers: found out once, then left alone for a while."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        breaker = Breaker("test", SharedCounters(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"), THRESHOLDS)
        started = time.monotonic()
        for _ in range(20):
            succeed(breaker)

    assert 0.4 < time.monotonic() - started < 1.5


def test_a_source_that_is_down_is_left_alone_and_found_again(sandbox, make_client):
    """P-VER-6: over real HTTP: failures open the breaker, requests stop, good weather closes it."""
    breaker = Breaker("authority", ProcessCounters(), Thresholds(failures_to_open=4, open_seconds=0.4))
    client = make_client(breaker=breaker)
    question = {"name": "测试", "id_number": "11010519491231002X"}
    sandbox.fault("authority", "error")
    before = sandbox.requests("authority")
    reasons = []
    for _ in range(6):
        with pytest.raises(SourceUnavailable) as caught:
            client.post(IDENTITY, question)
        reasons.append(caught.value.reason)

    assert sandbox.requests("authority") - before == 4
    assert reasons == ["status_5xx"] + ["breaker_open"] * 5

    sandbox.good_weather()
    time.sleep(0.45)
    assert client.post(IDENTITY, question).attempts == 1
    assert breaker.state() == "closed"
