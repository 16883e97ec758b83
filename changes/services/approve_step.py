"""One approver agrees."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from changes import access
from changes.errors import ApprovalRefused, NotAllowed
from changes.locks import lock_change
from changes.models import Approval, ChangeRequest
from changes.selectors import approvals_missing
from changes.services.apply_change import apply_change
from changes.states import ChangeStatus
from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record


@transaction.atomic
def approve_step(*, actor: Actor, change_id: UUID, approver: Staff) -> ChangeRequest:
    """Agree once. The last approval that policy asks for approves the change, and applies it where nobody may stop it any more.

    Raises TransitionNotAllowed unless it awaits approval, ApprovalRefused (own_change, approved_already), NotAllowed (P-CHG-3).
    """
    change = lock_change(change_id)
    change.machine.check(change.status, ChangeStatus.APPROVED)
    if change.requested_by_id == str(approver.pk):
        raise ApprovalRefused("own_change")
    if change.approvals.filter(approver=approver).exists():
        raise ApprovalRefused("approved_already")
    if not access.may_approve(approver, change):
        raise NotAllowed
    step = change.approvals.count() + 1
    approval = Approval.objects.create(person_id=change.person_id, change=change, approver=approver, step=step)
    record("change.step_approved", actor=actor, subject=change, person_id=change.person_id, related=approval, data={"step": step})
    if approvals_missing(change):
        return change
    change.move(to=ChangeStatus.APPROVED)
    change.save(update_fields=["status"])
    record("change.approved", actor=actor, subject=change, person_id=change.person_id, data={"approvals": step})
    if change.cooling_off_until <= timezone.now():
        return apply_change(actor=actor, change_id=change.pk)
    return change
