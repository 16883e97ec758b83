"""P-VER-6: nothing waits for ever, and what was not checked is not held against anybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.models import Application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from verification.models import Check
from verification.services.decide import decide
from verification.services.end_overdue_checks import end_overdue_checks
from verification.services.open_checks import open_checks
from verification.states import CheckStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    application = make.submitted()
    open_checks(application_id=application.pk)
    return application


def test_checks_that_no_worker_picks_up_end_and_a_reviewer_takes_over(application):
    Check.objects.filter(application=application).update(deadline_at=timezone.now() - timedelta(hours=1))

    ended = end_overdue_checks()
    decide(application_id=application.pk)

    application.refresh_from_db(fields=["status", "reason_codes"])
    checks = Check.objects.filter(application=application)
    assert ended == checks.count() == checks.filter(status=CheckStatus.ERROR, reason="NOT_CHECKED").count()
    assert Event.objects.filter(name="check.completed").count() == ended
    assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["NOT_CHECKED"])


def test_one_that_waited_for_a_source_ends_for_that_reason(application):
    """What it is called is what kept it: busy, out of our budget, or not answering."""
    checks = list(Check.objects.filter(application=application)[:3])
    past = timezone.now() - timedelta(hours=1)
    for check, reason in zip(checks, ("busy", "budget", "network"), strict=True):
        Check.objects.filter(pk=check.pk).update(status=CheckStatus.WAITING, waiting_reason=reason, waiting_since=past, deadline_at=past)

    assert end_overdue_checks() == 3
    ended = [Check.objects.get(pk=check.pk) for check in checks]
    assert [check.reason for check in ended] == ["SOURCE_BUSY", "QUOTA_PARTNER", "SOURCE_DOWN"]
    assert {check.status for check in ended} == {CheckStatus.ERROR}


def test_checks_within_their_time_and_running_ones_are_left_alone(application):
    one = Check.objects.filter(application=application).first()
    past = timezone.now() - timedelta(hours=1)
    Check.objects.filter(pk=one.pk).update(
        status=CheckStatus.RUNNING, deadline_at=past, claimed_until=timezone.now() + timedelta(minutes=1)
    )

    assert end_overdue_checks() == 0
    assert not Check.objects.filter(application=application, status=CheckStatus.ERROR).exists()
