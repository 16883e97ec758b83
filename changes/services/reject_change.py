"""An approver refuses."""

from uuid import UUID

from django.db import transaction

from changes import access
from changes.errors import NotAllowed, ReasonMissing
from changes.locks import lock_change
from changes.models import ChangeRequest
from changes.services.end_change import end_change
from changes.states import ChangeStatus
from realname.access.actor import Actor
from realname.access.models import Staff


@transaction.atomic
def reject_change(*, actor: Actor, change_id: UUID, approver: Staff, reason: str) -> ChangeRequest:
    """Refuse for a reason (R-05). Raises ReasonMissing, TransitionNotAllowed, NotAllowed."""
    if not reason.strip():
        raise ReasonMissing
    change = lock_change(change_id)
    change.machine.check(change.status, ChangeStatus.REJECTED)
    if not access.may_reject(approver, change):
        raise NotAllowed
    return end_change(actor=actor, change_id=change_id, status=ChangeStatus.REJECTED, reason=reason.strip())
