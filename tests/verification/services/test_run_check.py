"""Claim, work, settle: what an attempt may leave behind, and what a second delivery does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname import policy
from realname.outside import SourceRefused, SourceUnavailable
from realname.trail.models import Event
from registration.models import Application
from registration.states import ApplicationStatus
from tests.factories import policy as policies
from tests.factories import registration as make
from verification.checks.base import passed
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.policy import CHECK_FAULTS, ROUNDS
from verification.services.open_checks import open_checks
from verification.services.run_check import run_check
from verification.states import CheckKind, CheckStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    application = make.submitted()
    open_checks(application_id=application.pk)
    return application


@pytest.fixture
def behave(monkeypatch):
    """Make a kind of check do what the test wants when it is run."""

    def _behave(kind: CheckKind, act) -> None:
        monkeypatch.setattr(RUNNERS[kind], "run", act, raising=True)

    return _behave


def check_of(application: Application, kind: CheckKind) -> Check:
    return Check.objects.get(application=application, kind=kind)


def again(check: Check) -> Check:
    """Run it once more, however long it was to wait."""
    Check.objects.filter(pk=check.pk).update(not_before=timezone.now())
    run_check(check_id=check.pk)
    check.refresh_from_db()
    return check


@pytest.mark.parametrize(("told", "kept"), [(731, 731), (0, 0)])
def test_work_done_before_the_check_ran_keeps_its_own_time(application, behave, told, kept):
    """P-VER-7: a photograph was read as it came in; fetching what was read takes no time worth telling."""
    behave(CheckKind.OCR_FRONT, lambda context: passed(milliseconds=told))
    run_check(check_id=check_of(application, CheckKind.OCR_FRONT).pk)
    assert check_of(application, CheckKind.OCR_FRONT).milliseconds == kept
    event = Event.objects.get(name="check.completed")
    assert event.data["milliseconds"] == kept


def raising(error: Exception):
    def _run(context):
        raise error

    return _run


def completed(check: Check) -> int:
    return Event.objects.filter(name="check.completed", subject_id=str(check.pk)).count()


def test_opening_makes_one_row_a_check(application):
    """R-33: without face recognition nothing looks at a face."""
    assert not Check.objects.filter(application=application, kind=CheckKind.STATEMENT).exists()
    assert Check.objects.filter(application=application).count() == 15
    open_checks(application_id=application.pk)
    assert Check.objects.filter(application=application).count() == 15
    free = make.submitted(path="face_free")
    open_checks(application_id=free.pk)
    kinds = set(Check.objects.filter(application=free).values_list("kind", flat=True))
    assert CheckKind.STATEMENT in kinds
    assert not kinds & {CheckKind.FACE_MATCH, CheckKind.LIVENESS_PASSIVE}


def test_a_result_is_kept_whole_and_told_once(application):
    """P-VER-7."""
    check = again(check_of(application, CheckKind.ID_NUMBER))
    assert (check.status, check.engine, check.engine_version, check.attempts, check.faults) == ("passed", "GB 11643", "1999", 1, 0)
    assert check.milliseconds is not None
    assert check.claim is check.claimed_until is None
    again(check)
    assert check.attempts == 1
    assert completed(check) == 1


def test_a_dependent_check_waits_for_those_before_it(application):
    check = again(check_of(application, CheckKind.AUTHORITY_IDENTITY))
    assert (check.status, check.attempts) == (CheckStatus.PENDING, 0)


def test_what_somebody_is_at_work_on_is_left_alone_until_their_lease_ends(application, behave):
    check = check_of(application, CheckKind.ID_NUMBER)
    later = timezone.now() + timedelta(seconds=30)
    Check.objects.filter(pk=check.pk).update(status=CheckStatus.RUNNING, claimed_until=later, claim=check.pk, attempts=1, faults=1)
    assert again(check).attempts == 1
    Check.objects.filter(pk=check.pk).update(claimed_until=timezone.now())
    assert (again(check).status, check.attempts, check.faults) == (CheckStatus.PASSED, 2, 1)


def test_a_worker_that_was_given_up_cannot_settle_any_more(application, behave):
    """It comes back after another took the check over: only the newest claim's result counts."""
    check = check_of(application, CheckKind.ID_NUMBER)

    def _slow(context):
        Check.objects.filter(pk=check.pk).update(claim=application.pk)
        return passed(engine="too late")

    behave(CheckKind.ID_NUMBER, _slow)
    assert again(check).status == CheckStatus.RUNNING
    assert check.engine == ""
    assert completed(check) == 0


def test_a_source_that_does_not_answer_is_asked_again_and_counts_against_nobody(application, behave):
    """P-VER-6."""
    behave(CheckKind.ID_NUMBER, raising(SourceUnavailable("registry", "timeout")))
    check = check_of(application, CheckKind.ID_NUMBER)
    for attempt in range(1, CHECK_FAULTS.default + 3):
        check = again(check)
        assert (check.status, check.attempts, check.faults) == (CheckStatus.WAITING, attempt, 0)
        assert check.not_before > timezone.now()
        assert check.claim is check.claimed_until is None


def test_past_the_deadline_it_was_not_checked(application, behave):
    behave(CheckKind.ID_NUMBER, raising(SourceUnavailable("registry", "timeout")))
    check = again(check_of(application, CheckKind.ID_NUMBER))
    Check.objects.filter(pk=check.pk).update(deadline_at=timezone.now() - timedelta(seconds=1))
    assert (again(check).status, check.reason, check.findings) == (CheckStatus.ERROR, "SOURCE_DOWN", ["timeout"])


def test_waiting_has_an_end_an_owner_and_is_told_once(application, behave):
    """P-VER-6: from the first time nobody answers, its deadline is that of waiting, in days; asked again in minutes."""
    behave(CheckKind.ID_NUMBER, raising(SourceUnavailable("registry", "breaker_open")))
    check = again(check_of(application, CheckKind.ID_NUMBER))
    first = (check.waiting_since, check.deadline_at, check.owner)
    assert check.deadline_at - check.waiting_since == timedelta(days=3)
    assert (check.owner, check.waiting_reason) == ("compliance", "breaker_open")
    for _ in range(9):
        again(check)
    assert (check.waiting_since, check.deadline_at, check.owner) == first
    assert timedelta(seconds=100) < check.not_before - check.tried_at <= timedelta(seconds=300)
    event = Event.objects.get(name="check.waiting")
    assert (event.related_id, event.data["source"], event.data["owner"]) == (str(application.pk), "registry", "compliance")


def test_a_question_is_asked_before_its_deadline_a_last_time(application, behave):
    behave(CheckKind.ID_NUMBER, raising(SourceUnavailable("registry", "timeout")))
    check = again(check_of(application, CheckKind.ID_NUMBER))
    soon = timezone.now() + timedelta(seconds=1)
    Check.objects.filter(pk=check.pk).update(deadline_at=soon, attempts=20)
    assert again(check).not_before == soon


def test_a_source_that_refuses_us_is_our_fault(application, behave):
    behave(CheckKind.ID_NUMBER, raising(SourceRefused("registry", "status_401")))
    assert (again(check := check_of(application, CheckKind.ID_NUMBER)).status, check.pk) == (CheckStatus.ERROR, check.pk)
    check.refresh_from_db()
    assert (check.reason, check.findings) == ("NOT_CHECKED", ["status_401"])


def test_a_fault_of_ours_is_tried_again_and_then_given_to_a_person(application, behave):
    """P-VER-6: nothing is tried for ever, and a bug is never the person's failure."""
    behave(CheckKind.ID_NUMBER, raising(ValueError("a bug")))
    check = check_of(application, CheckKind.ID_NUMBER)
    for attempt in range(1, CHECK_FAULTS.default + 1):
        assert (again(check).status, check.faults) == (CheckStatus.PENDING, attempt)
    assert (again(check).status, check.reason, check.findings) == (CheckStatus.ERROR, "NOT_CHECKED", ["too_many_faults"])
    assert completed(check) == 1


def test_nobody_is_asked_about_a_person_who_took_it_back(application, behave):
    behave(CheckKind.ID_NUMBER, raising(AssertionError("must not be run")))
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.WITHDRAWN)
    check = again(check_of(application, CheckKind.ID_NUMBER))
    assert (check.status, check.findings) == (CheckStatus.ERROR, ["application_closed"])


def test_a_check_is_made_by_one_version_and_keeps_its_number(application, behave):
    """P-VER-7: what is published while it runs does not reach it."""
    policies.set_value(key="verification.rounds", value=4)
    seen = []

    def _run(context):
        seen.append(policy.value(ROUNDS))
        policies.set_value(key="verification.rounds", value=5)
        seen.append(policy.value(ROUNDS))
        return passed()

    behave(CheckKind.ID_NUMBER, _run)
    check = again(check_of(application, CheckKind.ID_NUMBER))
    assert (seen, check.policy_version, policy.version()) == ([4, 4], 1, 2)
    assert Event.objects.get(name="check.completed").data["policy"] == 1


def test_what_was_not_looked_at_names_no_version(application, behave):
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.WITHDRAWN)
    assert again(check_of(application, CheckKind.ID_NUMBER)).policy_version is None
