"""The code that went to the new number is entered: the request is proven, and checked."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from changes.errors import CodeRefused
from changes.locks import lock_change
from changes.models import ChangeCode, ChangeRequest
from changes.services.check_plausibility import check_plausibility
from changes.states import ChangeStatus
from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.policy import CODE_ATTEMPTS
from registration.services.phone_digits import matches


def prove_number(*, actor: Actor, change_id: UUID, entered: str) -> ChangeRequest:
    """Accept the code. Raises CodeRefused (wrong, expired, locked; a wrong guess is counted even so), TransitionNotAllowed."""
    with transaction.atomic():
        change, refusal = _judge(actor=actor, change_id=change_id, entered=entered)
    # outside: the count of wrong guesses must outlive the refusal
    if refusal:
        raise CodeRefused(refusal)
    return change


def _judge(*, actor: Actor, change_id: UUID, entered: str) -> tuple[ChangeRequest, str]:
    change = lock_change(change_id)
    change.machine.check(change.status, ChangeStatus.CHECKED)
    code = ChangeCode.objects.get(change=change)
    if refusal := _refusal(code, entered):
        if refusal == "code_wrong":
            ChangeCode.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1)
        record("change_code.refused", actor=actor, subject=change, person_id=change.person_id, reason=refusal)
        return change, refusal
    now = timezone.now()
    code.used_at = change.proven_at = now
    code.save(update_fields=["used_at"])
    change.evidence = [*change.evidence, {"kind": "change_code", "id": str(code.pk)}]
    change.save(update_fields=["proven_at", "evidence"])
    record("change.proven", actor=actor, subject=change, person_id=change.person_id, data={"code": str(code.pk)})
    return check_plausibility(change_id=change.pk), ""


def _refusal(code: ChangeCode, entered: str) -> str:
    """Why a code is not accepted, or nothing. A lock answers before the digits are looked at."""
    if code.attempts >= policy.value(CODE_ATTEMPTS):
        return "code_locked"
    if code.used_at or code.expires_at <= timezone.now():
        return "code_expired"
    return "" if matches(code.pk, entered) else "code_wrong"
