"""Who asked takes it back; or nobody proved it in time."""

from uuid import UUID

from django.db import transaction

from changes.errors import NotAllowed
from changes.locks import lock_change
from changes.models import ChangeRequest
from changes.services.end_change import end_change
from changes.states import ChangeStatus
from realname.access.actor import SYSTEM, Actor
from realname.states import TransitionNotAllowed


@transaction.atomic
def withdraw_change(*, actor: Actor, change_id: UUID, reason: str = "") -> ChangeRequest:
    """Take a change back. Raises NotAllowed unless the actor asked for it, TransitionNotAllowed once it has ended."""
    change = lock_change(change_id)
    if actor.kind != "system" and actor.id != change.requested_by_id:
        raise NotAllowed
    return end_change(actor=actor, change_id=change_id, status=ChangeStatus.WITHDRAWN, reason=reason)


def withdraw_stale_changes() -> int:
    """Withdraw what was never proven in time, so that it blocks no new request."""
    stale = list(ChangeRequest.objects.stale().values_list("pk", flat=True)[:200])
    for change_id in stale:
        try:
            withdraw_change(actor=SYSTEM, change_id=change_id, reason="expired")
        except TransitionNotAllowed:
            continue  # it went on or ended in the meantime
    return len(stale)
