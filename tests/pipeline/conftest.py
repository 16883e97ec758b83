"""Real workers, a broker of their own, and the sandbox, for all tests of this folder.

The database is not emptied between these tests, since workers are at work on it: each test has people of its own.
"""

from collections.abc import Callable, Iterator

import pytest
import redis
from django.core.management import call_command
from django.db import connections

from realname.paths import models_dir
from realname.trail.dispatch import dispatch
from tests.pipeline.applicants import wait_until
from tests.pipeline.broker import Broker, hints_go_to
from tests.pipeline.workers import Workers
from tests.sandbox_process import SandboxProcess
from verification.engines.fetch import fetch


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's: neither a transaction around each test nor an emptying after it, which workers would meet."""


@pytest.fixture(scope="package")
def _database(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)
        connections.close_all()


@pytest.fixture(scope="package")
def broker(tmp_path_factory, _database) -> Iterator[Broker]:
    """The workers' broker; this process's hints go to it too."""
    server = Broker(tmp_path_factory.mktemp("broker"))
    with hints_go_to(server.url):
        yield server
    server.stop()


@pytest.fixture(scope="package")
def all_workers(tmp_path_factory, broker, sandbox_server) -> Iterator[Workers]:
    """The processes, with a lease and sweeps quick enough for tests. Nothing is started yet."""
    fetch(models_dir(), group=None)
    workers = Workers(
        tmp_path_factory.mktemp("workers"),
        REDIS_URL=broker.url,
        SANDBOX_URL=sandbox_server.url,
        SMS_GATEWAY_URL=sandbox_server.url,
        AUTHORITY_URL=sandbox_server.url,
        AUTHORITY_KEY="sandbox-authority-key",
        SMS_GATEWAY_KEY="sandbox-sms-key",
        REALNAME_CHECK_LEASE="3",
        REALNAME_LOOK_LEASE="3",
        REALNAME_SWEEP_SECONDS="1",
        REALNAME_RESEND_AFTER="2",
        REALNAME_DISPATCH_SECONDS="1",
    )
    yield workers
    workers.stop()


@pytest.fixture
def workers(all_workers: Workers, broker: Broker, sandbox_server: SandboxProcess) -> Workers:
    """Vision, fast and beat, running, in good weather."""
    sandbox_server.good_weather()
    all_workers.ensure("vision", "fast", "beat")
    broker.forget_the_dead()
    return all_workers


@pytest.fixture
def quiet(workers: Workers, broker: Broker) -> Iterator[Callable[[], None]]:
    """No sweeps; call it to wait until no message is on its way: what happens next is the test's doing."""

    def _settle() -> None:
        dispatch()
        wait_until(lambda: broker.is_idle() and workers.are_idle() and broker.is_idle(), seconds=30, what=lambda: workers.log("fast"))

    workers.pause("beat")
    _settle()
    yield _settle
    workers.resume("beat")


@pytest.fixture
def closed_breakers(broker: Broker) -> Iterator[Callable[[], None]]:
    """The workers' breakers are closed before and after the test; call it to close them in between."""

    def _close() -> None:
        with redis.Redis.from_url(broker.url) as client:
            for key in client.scan_iter("*realname:breaker:*"):
                client.delete(key)

    _close()
    yield _close
    _close()
