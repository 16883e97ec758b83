"""The broker is killed in the middle and comes back empty: everything ends by itself, once."""

import time

import pytest

from registration.models import Application
from tests.pipeline.applicants import ON_ITS_WAY, assert_activated_once, drafted, handed_in, submit, wait_for_end, wait_until
from verification.models import Check
from verification.states import CheckStatus

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# a person's request must not hang on a dead broker (realname/settings/celery.py)
PATIENCE_SECONDS = 3


def test_killed_broker_loses_nothing(workers, broker, sandbox_server):
    late = drafted(sandbox_server)
    applications = [handed_in(sandbox_server) for _ in range(4)]
    checks = Check.objects.filter(application__in=applications)
    wait_until(lambda: checks.filter(status=CheckStatus.PASSED).exists(), seconds=30, what=lambda: workers.log("fast"))
    address = broker.url
    broker.kill()
    try:
        started = time.monotonic()
        submit(late)
        seconds = time.monotonic() - started
    finally:
        broker.start()
    assert seconds < PATIENCE_SECONDS
    assert broker.url == address

    def _all_ended() -> bool:
        # what realname/serve does: a worker that fails to put its messages back while the broker is away ends, and is started again
        workers.ensure("vision", "fast", "beat")
        return not Application.objects.filter(status__in=ON_ITS_WAY).exists()

    wait_until(_all_ended, seconds=120, what=lambda: workers.log("fast"))
    for application in (*applications, late):
        assert_activated_once(wait_for_end(application))
