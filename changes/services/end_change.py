"""The ways a change ends without being applied; each keeps who ended it, and why."""

from uuid import UUID

from django.utils import timezone

from changes.locks import lock_change
from changes.models import ChangeRequest
from changes.states import ChangeStatus
from realname.access.actor import Actor
from realname.trail import record

REASON_LENGTH = 500
EVENTS = {
    ChangeStatus.REJECTED: "change.rejected",
    ChangeStatus.WITHDRAWN: "change.withdrawn",
    ChangeStatus.STOPPED: "change.stopped",
}


def end_change(*, actor: Actor, change_id: UUID, status: ChangeStatus, reason: str = "") -> ChangeRequest:
    """Move a change to an end and tell it. Call in a transaction. Raises TransitionNotAllowed.

    The reason is staff's free text and may name people, so it stays in the row; the trail gets only that there is one.
    """
    change = lock_change(change_id)
    change.move(to=status)
    change.reason, change.ended_at = reason[:REASON_LENGTH], timezone.now()
    change.save(update_fields=["status", "reason", "ended_at"])
    record(EVENTS[status], actor=actor, subject=change, person_id=change.person_id, data={"kind": change.kind, "with_reason": bool(reason)})
    return change
