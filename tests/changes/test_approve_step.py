"""P-CHG-3: a sensitive change needs several people; nobody approves their own or twice."""

import pytest

from changes.errors import ApprovalRefused, NotAllowed
from changes.models import Approval
from changes.services.approve_step import approve_step
from changes.states import ChangeStatus
from realname.access.models import Role
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from tests.factories import changes as make
from tests.factories.access import staff, staff_actor
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def approve(change, approver):
    return approve_step(actor=staff_actor(approver), change_id=change.pk, approver=approver)


def test_one_approval_is_not_enough():
    change = approve(make.awaiting_approval(), staff())
    assert change.status == ChangeStatus.AWAITING_APPROVAL
    assert not Event.objects.filter(name="change.approved").exists()


def test_the_second_approves_and_the_record_waits_for_the_cooling_off_time():
    change = make.awaiting_approval()
    old = change.person.contact_phone
    approve(change, staff())
    change = approve(change, staff())
    assert change.status == ChangeStatus.APPROVED
    change.person.refresh_from_db()
    assert change.person.contact_phone == old


def test_without_a_cooling_off_time_the_record_changes_at_once():
    """P-CHG-4."""
    set_value(key="changes.contact_phone.cooling_off", value=0, note="test")
    change = make.approved()
    assert change.status == ChangeStatus.APPLIED
    change.person.refresh_from_db()
    assert change.person.contact_phone == change.after


def test_nobody_approves_their_own():
    reviewer = staff(Role.SENIOR_REVIEWER)
    change = make.awaiting_approval(clerk=reviewer)
    with pytest.raises(ApprovalRefused, match="own_change"):
        approve(change, reviewer)
    assert not Approval.objects.exists()


def test_nobody_approves_twice():
    change, reviewer = make.awaiting_approval(), staff()
    approve(change, reviewer)
    with pytest.raises(ApprovalRefused, match="approved_already"):
        approve(change, reviewer)
    change.refresh_from_db()
    assert (change.status, Approval.objects.count()) == (ChangeStatus.AWAITING_APPROVAL, 1)


@pytest.mark.parametrize("role", [Role.CLERK, Role.COMPLIANCE, Role.ADMINISTRATOR, Role.RISK_OFFICER, ""])
def test_other_roles_do_not_approve(role):
    change = make.awaiting_approval()
    with pytest.raises(NotAllowed):
        approve(change, staff(role))


def test_a_reviewer_who_left_does_not_approve():
    with pytest.raises(NotAllowed):
        approve(make.awaiting_approval(), staff(is_active=False))


@pytest.mark.parametrize("state", ["requested", "checked", "approved", "applied"])
def test_only_what_awaits_approval_is_approved(state):
    change = getattr(make, state)()
    with pytest.raises(TransitionNotAllowed):
        approve(change, staff())
