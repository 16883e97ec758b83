"""P-VER-6: with every source down twenty applications wait, and all end by themselves when the sources are back."""

from datetime import timedelta

import pytest

from realname.trail.models import Event
from registration.models import Application
from registration.states import ApplicationStatus, VerificationPath
from tests.factories.policy import set_value
from tests.pipeline.applicants import assert_activated_once, assert_ended_once, drafted, submit, wait_for_end, wait_until
from verification.models import Check, Inquiry
from verification.selectors import wait
from verification.services.open_checks import open_checks
from verification.sources import Fact
from verification.sources.order import SOURCES
from verification.states import CheckKind

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(400)]

ASKING = (CheckKind.AUTHORITY_IDENTITY, CheckKind.AUTHORITY_PHONE, CheckKind.LINE_COUNT)
FAULTS = {"authority": "error", "bureau": "wrong_signature", "operators": "redirect"}
WITH_FACE, FACE_FREE = 3, 17


def test_twenty_applications_wait_and_end_by_themselves(workers, sandbox_server, closed_breakers):
    set_value(key="sources.alarm_waiting", value=10, note="test")
    for service, kind in FAULTS.items():
        sandbox_server.fault(service, kind)
    paths = [VerificationPath.FACE] * WITH_FACE + [VerificationPath.FACE_FREE] * FACE_FREE
    applications = [submit(drafted(sandbox_server, path=path)) for path in paths]
    for application in applications:
        open_checks(application_id=application.pk)
    checks = Check.objects.filter(application__in=applications)
    asking = checks.filter(kind__in=ASKING)

    # all else ends, and all that asks waits: in a state of its own, with a deadline, an owner and an alarm
    wait_until(lambda: asking.waiting().count() == 3 * len(applications), seconds=90, what=lambda: workers.log("fast"))
    wait_until(lambda: not checks.exclude(kind__in=ASKING).open().exists(), seconds=150, what=lambda: workers.log("vision"))
    alarms = Event.objects.filter(name="source.alarm").values_list("subject_id", flat=True)
    wait_until(lambda: set(alarms) == set(SOURCES), seconds=60, what=lambda: list(alarms))
    assert {application.status for application in Application.objects.filter(pk__in=[each.pk for each in applications])} == {
        ApplicationStatus.VERIFYING
    }
    for check in asking:
        assert check.owner == "compliance"
        assert check.deadline_at - check.waiting_since == timedelta(days=3)
    # and each person is told so, once it is more than a hiccup
    wait_until(lambda: all(wait(application) for application in applications), seconds=30)
    # as if it had lasted for hours: nobody would be asked again soon by their own pause
    asking.waiting().update(attempts=50)

    sandbox_server.good_weather()
    ended = [wait_for_end(application, seconds=120) for application in applications]

    for application in ended[:WITH_FACE]:
        assert_activated_once(application)
    for application in ended[WITH_FACE:]:
        assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["SHOP_VISIT"])
        assert_ended_once(application)
    assert not asking.filter(faults__gt=0).exists()
    # no question was charged twice, by the sources' books and by ours
    for application in ended:
        charges = sandbox_server.charges(application.id_number)
        assert charges["operators/lines"] == 1
        assert set(charges.values()) == {1}
        answers = Inquiry.objects.filter(application=application, answered_at__isnull=False)
        assert {inquiry.fact for inquiry in answers} == set(Fact)
    recovered = Event.objects.filter(name="source.recovered").values_list("subject_id", flat=True)
    assert set(recovered) == set(SOURCES)
