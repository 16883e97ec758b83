"""P-VER-6: an identity authority out of order delays an application and never counts against the person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.states import ApplicationStatus
from tests.pipeline import holding
from tests.pipeline.applicants import assert_activated_once, assert_ended_once, drafted, submit, wait_for_end, wait_until
from verification.models import Check, Review
from verification.states import CheckKind, CheckStatus, ReviewStatus

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# all who could be asked for an identity: else the next one answers
ASKED = ("authority", "bureau")
ASKING = (CheckKind.AUTHORITY_IDENTITY, CheckKind.AUTHORITY_PHONE)
FAULTS = (("error", {"status": 503}), ("garbage", {}), ("wrong_signature", {}), ("redirect", {}))


@pytest.mark.parametrize(("fault", "options"), FAULTS)
def test_the_application_waits_and_ends_when_the_source_is_back(fault, options, workers, sandbox_server, closed_breakers):
    for service in ASKED:
        sandbox_server.fault(service, fault, **options)
    application = submit(drafted(sandbox_server))
    check = Check.objects.filter(application=application, kind=CheckKind.AUTHORITY_IDENTITY)
    wait_until(lambda: check.waiting().exists(), seconds=40, what=lambda: workers.log("fast"))
    others = Check.objects.filter(application=application).exclude(kind__in=ASKING)
    wait_until(lambda: not others.open().exists(), seconds=30, what="the other checks go on")
    application.refresh_from_db()
    assert application.status == ApplicationStatus.VERIFYING
    sandbox_server.good_weather()
    closed_breakers()
    Check.objects.waiting().filter(application=application).update(not_before=timezone.now())
    assert_activated_once(wait_for_end(application))
    assert check.get().faults == 0


def test_past_the_deadline_a_reviewer_takes_over(workers, quiet, sandbox_server, closed_breakers):
    sandbox_server.fault("authority", "error", status=500)
    application = submit(drafted(sandbox_server))
    checks = holding.open_but_held(application)
    # of this check alone: it has waited for days
    asking = Check.objects.filter(pk=checks[CheckKind.AUTHORITY_IDENTITY].pk)
    past = timezone.now() - timedelta(hours=1)
    asking.update(status=CheckStatus.WAITING, waiting_since=past, waiting_reason="status_5xx", deadline_at=past)
    holding.let_go(checks)
    workers.resume("beat")
    application = wait_for_end(application)
    assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["SOURCE_DOWN"])
    assert Check.objects.get(pk=checks[CheckKind.AUTHORITY_IDENTITY].pk).status == CheckStatus.ERROR
    assert Review.objects.get(application=application).status == ReviewStatus.WAITING
    assert_ended_once(application)


def test_a_source_that_hangs_delays_and_holds_up_nobody_else(workers, sandbox_server, closed_breakers):
    """Ten seconds at most at each source, while a lease longer than all of them keeps it from being asked twice at once."""
    workers.kill("fast")
    workers.start("fast", REALNAME_CHECK_LEASE="30")
    for service in ASKED:
        sandbox_server.fault(service, "hang")
    application = submit(drafted(sandbox_server))
    check = Check.objects.filter(application=application, kind=CheckKind.AUTHORITY_IDENTITY)
    wait_until(lambda: check.filter(status=CheckStatus.RUNNING).exists(), seconds=30, what=lambda: workers.log("fast"))
    others = Check.objects.filter(application=application).exclude(kind__in=ASKING)
    wait_until(lambda: not others.open().exists(), seconds=30, what="the other checks go on")
    wait_until(lambda: check.waiting().exists(), seconds=40, what=lambda: workers.log("fast"))
    assert check.get().faults == 0
    sandbox_server.good_weather()
    closed_breakers()
    Check.objects.waiting().filter(application=application).update(not_before=timezone.now())
    assert_activated_once(wait_for_end(application))
    # the next test gets a worker with the short lease
    workers.kill("fast")
