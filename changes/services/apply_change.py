"""An approved change becomes the record."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from changes.errors import ChangeError
from changes.kinds import KINDS
from changes.locks import lock_change, lock_person
from changes.models import ChangeRequest
from changes.states import ChangeStatus
from realname.access.actor import SYSTEM, Actor
from realname.states import TransitionNotAllowed
from realname.trail import record


@transaction.atomic
def apply_change(*, actor: Actor, change_id: UUID) -> ChangeRequest:
    """Write the new value, with what was before (P-CHG-4). Called again it answers the same change.

    Raises TransitionNotAllowed unless approved, ChangeError (cooling_off) while the old contact may still stop it.
    """
    change = lock_change(change_id)
    if change.status == ChangeStatus.APPLIED:
        return change
    change.machine.check(change.status, ChangeStatus.APPLIED)
    now = timezone.now()
    if change.cooling_off_until is None or change.cooling_off_until > now:
        raise ChangeError("cooling_off")
    person, kind = lock_person(change.person_id), KINDS[change.kind]
    change.before = kind.current(person)
    kind.apply(person, change.after)
    change.move(to=ChangeStatus.APPLIED)
    change.ended_at = now
    change.save(update_fields=["before", "status", "ended_at"])
    record(
        "change.applied",
        actor=actor,
        subject=change,
        person_id=change.person_id,
        related=person,
        data={"kind": change.kind, "evidence": change.evidence, "approvers": _approvers(change)},
        before={change.kind: change.before},
        after={change.kind: change.after},
    )
    return change


def apply_due_changes() -> int:
    """Apply what is approved and past its cooling-off time."""
    due = list(ChangeRequest.objects.due().order_by("cooling_off_until").values_list("pk", flat=True)[:200])
    for change_id in due:
        try:
            apply_change(actor=SYSTEM, change_id=change_id)
        except TransitionNotAllowed:
            continue  # stopped or withdrawn in the meantime
    return len(due)


def _approvers(change: ChangeRequest) -> list[str]:
    return [str(approver) for approver in change.approvals.values_list("approver_id", flat=True)]
