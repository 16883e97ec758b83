"""The old contact is told of the change, and how to stop it; from then on the cooling-off time runs (P-CHG-5)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from changes.kinds import KINDS
from changes.locks import lock_change
from changes.states import ChangeStatus
from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.services.send_message import send_message

# what this message is called among the messages to phones
TOLD = "change_told"


@transaction.atomic
def tell_old_contact(*, change_id: UUID) -> None:
    """Put the message down, once; the change goes before the approvers when the gateway has it. Nothing is applied before this.

    An old contact who cannot be reached holds up nothing, but the approvers are told so.
    """
    change = lock_change(change_id)
    if change.status != ChangeStatus.CHECKED:
        return
    if not KINDS[change.kind].number_to_tell(change.person):
        settle_told(change_id=change_id, reason="no_old_contact")
        return
    send_message(kind=TOLD, about=change.pk, person_id=change.person_id)


@transaction.atomic
def settle_told(*, change_id: UUID, reason: str) -> None:
    """The old contact was told, or, for a `reason`, could not be."""
    change = lock_change(change_id)
    if change.status != ChangeStatus.CHECKED:
        return
    now = timezone.now()
    change.move(to=ChangeStatus.AWAITING_APPROVAL)
    change.told_at = None if reason else now
    change.contact_unreachable = bool(reason)
    change.cooling_off_until = now + timedelta(hours=policy.value(KINDS[change.kind].cooling_off))
    change.save(update_fields=["status", "told_at", "contact_unreachable", "cooling_off_until"])
    name = "change.contact_unreachable" if reason else "change.contact_told"
    record(name, actor=SYSTEM, subject=change, person_id=change.person_id, reason=reason)
