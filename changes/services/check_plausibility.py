"""Does a change make sense? Asked by rule before any person sees it (P-CHG-2)."""

from uuid import UUID

from django.utils import timezone

from changes.kinds import KINDS
from changes.locks import lock_change
from changes.models import ChangeRequest
from changes.selectors import changed_recently
from changes.states import ChangeKind, ChangeStatus
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.models import Person


def refusal_of(*, person: Person, kind: ChangeKind, value: str, but: UUID | None = None) -> str:
    """The code of what speaks against it, or nothing; `but` is the change itself. The value is in its normal form already."""
    if KINDS[kind].current(person) == value:
        return "same_value"
    if ChangeRequest.objects.open().filter(person_id=person.pk, kind=kind).exclude(pk=but).exists():
        return "change_open"
    return "changed_recently" if changed_recently(person.pk, kind) else ""


def check_plausibility(*, change_id: UUID) -> ChangeRequest:
    """Check a proven change and pass it on, or reject it with the code. Call in a transaction; an ended change stays as it is."""
    change = lock_change(change_id)
    if change.status != ChangeStatus.REQUESTED:
        return change
    refusal = refusal_of(person=change.person, kind=ChangeKind(change.kind), value=change.after, but=change.pk)
    if refusal:
        change.move(to=ChangeStatus.REJECTED)
        change.reason, change.ended_at = refusal, timezone.now()
        change.save(update_fields=["status", "reason", "ended_at"])
        record("change.rejected", actor=SYSTEM, subject=change, person_id=change.person_id, reason=refusal)
        return change
    change.move(to=ChangeStatus.CHECKED)
    change.save(update_fields=["status"])
    record("change.checked", actor=SYSTEM, subject=change, person_id=change.person_id)
    from changes.tasks import tell_old_contact
    from realname.queue import enqueue

    enqueue(tell_old_contact, change.pk)
    return change
