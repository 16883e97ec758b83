"""Native code that crashes or hangs costs the process that ran it: the worker goes on, with other people's checks first."""

import signal

import pytest

from tests.pipeline import holding
from tests.pipeline.applicants import assert_activated_once, drafted, handed_in, submit, wait_for_end, wait_until
from verification.models import Check
from verification.states import CheckKind
from verification.tasks import read_capture, run_check

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# what every check reads first, so that holding it holds the check in the middle of its work
CAPTURES = "registration_capture"


@pytest.fixture
def at_work(workers, quiet, sandbox_server):
    """An application whose liveness check the vision worker is about to be harmed in."""
    application = submit(drafted(sandbox_server))
    checks = holding.open_but_held(application)
    quiet()
    return application, checks


def test_a_crash_in_native_code(at_work, workers, sandbox_server):
    """Issue 3, point 7: SIGSEGV, as from a decoder or a model."""
    application, checks = at_work
    with holding.table_held(CAPTURES):
        holding.let_go(checks, CheckKind.LIVENESS_PASSIVE)
        holding.send_and_await_claim(workers, checks[CheckKind.LIVENESS_PASSIVE], group="vision")
        workers.kill_children("vision", signal.SIGSEGV)
    workers.resume("beat")
    # somebody else's checks go through the same worker meanwhile
    assert_activated_once(wait_for_end(handed_in(sandbox_server)))
    holding.let_go(checks)
    assert_activated_once(wait_for_end(application))
    harmed = Check.objects.get(pk=checks[CheckKind.LIVENESS_PASSIVE].pk)
    assert (harmed.attempts, harmed.faults) == (2, 1)


def test_a_hang_in_native_code(at_work, workers):
    """A process that waits where no signal reaches it is ended at the time limit, and the check is begun anew."""
    application, checks = at_work
    before = workers.children("vision")
    with holding.table_held(CAPTURES):
        holding.let_go(checks, CheckKind.LIVENESS_PASSIVE)
        # the limits travel with the message; here shorter ones than everyday's
        run_check.apply_async(args=[str(checks[CheckKind.LIVENESS_PASSIVE].pk)], queue="vision", soft_time_limit=6, time_limit=7)
        wait_until(lambda: holding.claimed(checks[CheckKind.LIVENESS_PASSIVE]), seconds=20, what=lambda: workers.log("vision"))
        wait_until(lambda: workers.children("vision") not in (before, []), seconds=40, what=lambda: workers.log("vision"))
    workers.resume("beat")
    holding.let_go(checks)
    assert_activated_once(wait_for_end(application))
    assert Check.objects.get(pk=checks[CheckKind.LIVENESS_PASSIVE].pk).faults >= 1


def test_no_check_outlives_its_lease(settings):
    """Otherwise a second worker would begin while the first is still at it."""
    for task, lease in ((run_check, settings.CHECK_LEASE), (read_capture, settings.LOOK_LEASE)):
        assert 0 < task.soft_time_limit < task.time_limit < lease
