"""Two acts on one change at the same moment: one wins, the other is told so, and nothing is half done."""

import threading

import pytest
from django.db import connection

from changes.models import Approval, ChangeRequest
from changes.services.approve_step import approve_step
from changes.services.request_change import request_change
from changes.services.stop_change import stop_change
from changes.states import ChangeKind, ChangeStatus
from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from tests.factories import changes as make
from tests.factories import registration
from tests.factories.access import staff, staff_actor

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run the acts at once, each on a connection of its own; answers what each raised, or None."""
    start, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(10)
            act()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_the_last_approval_against_a_stop():
    """Without a cooling-off time the last approval applies: then either the stop or the change holds, never both."""
    for _ in range(5):
        change = make.awaiting_approval()
        ChangeRequest.objects.filter(pk=change.pk).update(cooling_off_until=change.requested_at)
        first, second = staff(), staff()
        approve_step(actor=staff_actor(first), change_id=change.pk, approver=first)
        raised = together(
            lambda: approve_step(actor=staff_actor(second), change_id=change.pk, approver=second),  # noqa: B023
            lambda: stop_change(actor=SYSTEM, change_id=change.pk),  # noqa: B023
        )
        change.refresh_from_db()
        change.person.refresh_from_db()
        assert sum(isinstance(error, TransitionNotAllowed) for error in raised) == 1, raised
        if change.status == ChangeStatus.APPLIED:
            assert change.person.contact_phone == change.after
        else:
            assert change.status == ChangeStatus.STOPPED
            assert change.person.contact_phone == change.before
        assert Event.objects.filter(subject_id=str(change.pk), name__in=["change.applied", "change.stopped"]).count() == 1


def test_one_approver_clicks_twice():
    change, reviewer = make.awaiting_approval(), staff()
    together(*[lambda: approve_step(actor=staff_actor(reviewer), change_id=change.pk, approver=reviewer)] * 4)
    change.refresh_from_db()
    assert (change.status, Approval.objects.filter(change=change).count()) == (ChangeStatus.AWAITING_APPROVAL, 1)


def test_three_approvers_at_once_approve_once():
    change, reviewers = make.awaiting_approval(), [staff() for _ in range(3)]
    together(*[lambda r=r: approve_step(actor=staff_actor(r), change_id=change.pk, approver=r) for r in reviewers])
    change.refresh_from_db()
    assert (change.status, Approval.objects.filter(change=change).count()) == (ChangeStatus.APPROVED, 2)
    assert Event.objects.filter(name="change.approved", subject_id=str(change.pk)).count() == 1


def test_two_requests_at_once_make_one():
    person = make.subscriber()
    numbers = [registration.new_phone(segment="139") for _ in range(4)]
    kind = ChangeKind.CONTACT_PHONE
    together(*[lambda n=n: request_change(actor=SYSTEM, person_id=person.pk, kind=kind, value=n) for n in numbers])
    assert ChangeRequest.objects.filter(person=person).count() == 1
