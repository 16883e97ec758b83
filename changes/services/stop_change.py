"""The old contact says: this was not me."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from changes.errors import StopRefused
from changes.locks import lock_change_by_reference
from changes.models import ChangeRequest
from changes.policy import STOP_ATTEMPTS
from changes.services.end_change import end_change
from changes.states import ChangeStatus
from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.services.phone_digits import matches


@transaction.atomic
def stop_change(*, actor: Actor, change_id: UUID, reason: str = "") -> ChangeRequest:
    """Stop a change, for an old contact who proved the number or called (P-CHG-5). Raises TransitionNotAllowed once it has ended."""
    return end_change(actor=actor, change_id=change_id, status=ChangeStatus.STOPPED, reason=reason)


def stop_change_by_code(*, actor: Actor, reference: str, entered: str) -> ChangeRequest:
    """Stop the change whose reference and code were sent to the old contact.

    Raises StopRefused, the same for an unknown reference and a wrong code, another past too many of them, whatever is entered then:
    who wants the change may have used them up, and the old contact must hear what to do. TransitionNotAllowed once it has ended,
    told only to who knows the code.
    """
    with transaction.atomic():
        change = lock_change_by_reference(reference.strip().upper())
        refusal = _refusal(actor, change, entered) if change else "stop_code_wrong"
        if not refusal:
            return stop_change(actor=actor, change_id=change.pk)
    # outside: the count of wrong guesses must outlive the refusal
    raise StopRefused(refusal)


def _refusal(actor: Actor, change: ChangeRequest, entered: str) -> str:
    """Compare, and count a wrong guess: why the code stops nothing, or ""."""
    if change.stop_attempts >= policy.value(STOP_ATTEMPTS):
        reason, refusal = "code_locked", "stop_locked"
    elif matches(change.pk, entered.strip()):
        return ""
    else:
        reason, refusal = "code_wrong", "stop_code_wrong"
        ChangeRequest.objects.filter(pk=change.pk).update(stop_attempts=F("stop_attempts") + 1)
    record("change.stop_refused", actor=actor, subject=change, person_id=change.person_id, reason=reason)
    return refusal
