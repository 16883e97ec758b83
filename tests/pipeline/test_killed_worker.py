"""A worker is killed in the middle of each check: the application still ends as it should, once."""

import contextlib

import pytest

from realname.queue import Queue
from registration.states import ApplicationStatus, Party, VerificationPath
from tests.pipeline import holding
from tests.pipeline.applicants import assert_activated_once, assert_ended_once, drafted, drafted_for_another, submit, wait_for_end
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.states import CheckKind

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# What a check reads while it is at work, so that holding it holds the check there; all begin with the captures.
READS = {
    CheckKind.LINE_LIMIT: "registration_line",
    CheckKind.DUPLICATE_APPLICATION: "registration_number",
    CheckKind.PHONE_POSSESSION: "registration_phonecode",
}
# whom a check asks first, so that a hang there holds it
ASKED = {CheckKind.AUTHORITY_IDENTITY: "authority", CheckKind.AUTHORITY_PHONE: "bureau", CheckKind.LINE_COUNT: "operators"}


# checks that a resident ID card does not have run as those of their queue do
OF_OTHERS = {CheckKind.MRZ, CheckKind.DOCUMENT_BY_EYE}


@pytest.mark.parametrize("kind", [kind for kind in CheckKind if kind.plain not in OF_OTHERS])
def test_killed_in_a_check(kind, workers, quiet, sandbox_server):
    application = _application_for(kind, sandbox_server)
    group = "vision" if RUNNERS[kind].queue == Queue.VISION else "fast"
    checks = holding.open_but_held(application)
    holding.run_forerunners(checks, kind)
    quiet()
    with _held(kind, sandbox_server):
        holding.let_go(checks, kind)
        holding.send_and_await_claim(workers, checks[kind], group=group)
        workers.kill(group)
    sandbox_server.good_weather()
    holding.let_go(checks)
    workers.resume("beat")
    workers.start(group)

    application = wait_for_end(application)
    killed = Check.objects.get(pk=checks[kind].pk)
    assert (killed.attempts, killed.faults) == (2, 1)
    if application.face_free:
        assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["SHOP_VISIT"])
        assert_ended_once(application)
    elif application.representation:
        assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["REPRESENTATION_TO_JUDGE"])
        assert_ended_once(application)
    else:
        assert_activated_once(application)


def test_killed_pool_process(workers, quiet, sandbox_server):
    """The kernel kills the process that does the work, not the one that hands it out."""
    application = submit(drafted(sandbox_server))
    sandbox_server.fault("authority", "hang", times=1)
    checks = holding.open_but_held(application)
    holding.run_forerunners(checks, CheckKind.AUTHORITY_IDENTITY)
    quiet()
    holding.let_go(checks)
    holding.send_and_await_claim(workers, checks[CheckKind.AUTHORITY_IDENTITY], group="fast")
    workers.kill_children("fast")
    workers.resume("beat")
    assert_activated_once(wait_for_end(application))


def _application_for(kind, sandbox):
    """Submitted, and out of the workers' sight: the test opens its checks itself."""
    if kind.party == Party.REPRESENTATIVE or kind == CheckKind.REPRESENTATION:
        return submit(drafted_for_another(sandbox))
    path = VerificationPath.FACE_FREE if kind == CheckKind.STATEMENT else VerificationPath.FACE
    return submit(drafted(sandbox, path=path))


@contextlib.contextmanager
def _held(kind, sandbox):
    """Whoever runs this check stays in the middle of it."""
    if kind.plain in ASKED:
        sandbox.fault(ASKED[kind.plain], "hang")
        yield
    else:
        with holding.table_held(READS.get(kind, "registration_capture")):
            yield
