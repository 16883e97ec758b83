"""Two people, or a person and the machine, act on one application at the same moment: one of them wins, wholly."""

import pytest

from realname.access.models import Role
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.models import Line
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories import verification as verified
from tests.factories.access import staff, staff_actor
from tests.races.at_once import at_once
from verification.errors import ReviewNotHeld, ReviewTaken
from verification.models import Check, Decision, Review
from verification.services.approve_application import approve_application
from verification.services.decide import decide
from verification.services.open_checks import open_checks
from verification.services.reject_application import reject_application
from verification.services.run_check import run_check
from verification.services.take_for_review import take_for_review
from verification.states import CheckKind

pytestmark = pytest.mark.django_db(transaction=True)


def _withdraw(application):
    return lambda: withdraw_application(actor=make.person_actor(application), application_id=application.pk)


@pytest.mark.parametrize("_", range(4))
def test_withdrawing_while_it_is_decided(_):
    application = verified.all_checked()
    withdrawn, decided = at_once(_withdraw(application), lambda: decide(application_id=application.pk))
    application.refresh_from_db()
    if isinstance(withdrawn, TransitionNotAllowed):
        assert application.status == ApplicationStatus.ACTIVATED
        assert Line.objects.filter(application=application).count() == 1
    else:
        assert (application.status, decided) == (ApplicationStatus.WITHDRAWN, None)
        assert not Line.objects.exists()
        assert not Decision.objects.exists()


@pytest.mark.parametrize("_", range(4))
def test_withdrawing_while_a_reviewer_approves(_):
    application = verified.in_review()
    reviewer = verified.taken_and_seen(application)
    withdrawn, approved = at_once(
        _withdraw(application),
        lambda: approve_application(actor=staff_actor(reviewer), application_id=application.pk, reviewer=reviewer),
    )
    application.refresh_from_db()
    if isinstance(withdrawn, TransitionNotAllowed):
        assert application.status == ApplicationStatus.ACTIVATED
        assert Line.objects.count() == 1
    else:
        assert application.status == ApplicationStatus.WITHDRAWN
        assert isinstance(approved, ReviewNotHeld | TransitionNotAllowed)
        assert not Line.objects.exists()
        assert not Decision.objects.exists()


def test_two_reviewers_take_one_application():
    """P-VER-5: one has it, the other is told."""
    application = verified.in_review()
    reviewers = [staff(Role.REVIEWER) for _ in range(2)]
    takes = [
        lambda reviewer=reviewer: take_for_review(actor=staff_actor(reviewer), application_id=application.pk, reviewer=reviewer)
        for reviewer in reviewers
    ]
    assert sorted(type(result).__name__ for result in at_once(*takes)) == [Review.__name__, ReviewTaken.__name__]
    assert Event.objects.filter(name="review.taken").count() == 1


def test_a_reviewer_approves_and_rejects_in_two_tabs():
    application = verified.in_review()
    reviewer = verified.taken_and_seen(application)
    who = {"actor": staff_actor(reviewer), "application_id": application.pk, "reviewer": reviewer}
    results = at_once(
        lambda: approve_application(**who),
        lambda: reject_application(**who, reason="NOT_THE_HOLDER"),
    )
    assert [type(result) for result in results].count(ReviewNotHeld) == 1
    assert Decision.objects.count() == Event.objects.filter(name="review.closed").count() == 1
    application.refresh_from_db()
    assert Line.objects.count() == (application.status == ApplicationStatus.ACTIVATED)


def test_one_round_decided_many_times_at_once_is_one_decision():
    application = verified.all_checked()
    results = at_once(*[lambda: decide(application_id=application.pk)] * 6)
    assert [type(result) for result in results].count(Decision) == 1
    assert Line.objects.count() == Event.objects.filter(name="application.decided").count() == 1


def test_checks_opened_and_run_many_times_at_once_end_once():
    application = make.submitted()
    assert not any(at_once(*[lambda: open_checks(application_id=application.pk)] * 4))
    check = Check.objects.get(application=application, kind=CheckKind.ID_NUMBER)
    assert not any(at_once(*[lambda: run_check(check_id=check.pk)] * 6))
    check.refresh_from_db()
    assert (check.status, check.attempts, check.faults) == ("passed", 1, 0)
    assert Event.objects.filter(name="check.completed", subject_id=str(check.pk)).count() == 1
    assert Event.objects.filter(name="verification.opened").count() == 1
