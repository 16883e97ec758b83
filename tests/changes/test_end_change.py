"""Rejecting, withdrawing and stopping a change (P-CHG-3, P-CHG-5)."""

import pytest

from changes.errors import NotAllowed, ReasonMissing, StopRefused
from changes.services.apply_change import apply_due_changes
from changes.services.reject_change import reject_change
from changes.services.stop_change import stop_change_by_code
from changes.services.withdraw_change import withdraw_change
from changes.states import ChangeStatus
from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.services.phone_digits import digits_of
from tests.factories import changes as make
from tests.factories.access import staff, staff_actor
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def stop(change, code=""):
    return stop_change_by_code(actor=SYSTEM, reference=change.reference, entered=code or digits_of(change.pk))


class TestReject:
    def test_with_a_reason(self):
        change, reviewer = make.awaiting_approval(), staff()
        reject_change(actor=staff_actor(reviewer), change_id=change.pk, approver=reviewer, reason=" The caller was not the holder. ")
        change.refresh_from_db()
        assert (change.status, change.reason) == (ChangeStatus.REJECTED, "The caller was not the holder.")
        assert "caller" not in str(Event.objects.get(name="change.rejected").data)

    def test_not_without(self):
        change, reviewer = make.awaiting_approval(), staff()
        with pytest.raises(ReasonMissing):
            reject_change(actor=staff_actor(reviewer), change_id=change.pk, approver=reviewer, reason="  ")

    def test_not_by_a_clerk(self):
        change, clerk = make.awaiting_approval(), staff(Role.CLERK)
        with pytest.raises(NotAllowed):
            reject_change(actor=staff_actor(clerk), change_id=change.pk, approver=clerk, reason="no")


class TestWithdraw:
    def test_by_who_asked(self):
        clerk = staff(Role.CLERK)
        change = withdraw_change(actor=staff_actor(clerk), change_id=make.approved(clerk=clerk).pk)
        assert change.status == ChangeStatus.WITHDRAWN

    def test_not_by_another(self):
        with pytest.raises(NotAllowed):
            withdraw_change(actor=staff_actor(staff(Role.CLERK)), change_id=make.requested().pk)


class TestStop:
    @pytest.mark.parametrize("state", ["checked", "awaiting_approval", "approved"])
    def test_the_old_contact_stops_it_until_it_is_applied(self, state):
        change = getattr(make, state)()
        assert stop(change).status == ChangeStatus.STOPPED
        assert apply_due_changes() == 0
        change.person.refresh_from_db()
        assert change.person.contact_phone == change.before

    def test_an_applied_change_is_not_stopped_any_more(self):
        with pytest.raises(TransitionNotAllowed):
            stop(make.applied())

    def test_wrong_codes_are_counted_and_lock(self):
        change = make.awaiting_approval()
        wrong = str((int(digits_of(change.pk)) + 1) % 10**6).zfill(6)
        set_value(key="changes.stop_attempts", value=10)
        for _ in range(10):
            with pytest.raises(StopRefused, match="stop_code_wrong"):
                stop(change, wrong)
        # who holds the message must not hear that its code is wrong: others may have used up the guesses
        with pytest.raises(StopRefused, match="stop_locked"):
            stop(change)
        change.refresh_from_db()
        assert (change.status, change.stop_attempts) == (ChangeStatus.AWAITING_APPROVAL, 10)
        assert Event.objects.filter(name="change.stop_refused").count() == 11

    def test_an_unknown_reference_answers_the_same(self):
        with pytest.raises(StopRefused, match="stop_code_wrong"):
            stop_change_by_code(actor=SYSTEM, reference="CH-XXXXXXXX", entered="123456")

    def test_the_code_of_the_new_number_stops_nothing(self):
        change = make.awaiting_approval()
        with pytest.raises(StopRefused):
            stop(change, digits_of(change.code.pk))
