"""Digits are entered: are they those of the code, and may it still be used?"""

from django.db.models import F
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import CodeRefused
from registration.models import PhoneCode
from registration.selectors import codes_locked, same_place
from registration.services.issue_code import EVENTS
from registration.services.phone_digits import matches


def refusal_of(code: PhoneCode, entered: str) -> str:
    """Why a code is not accepted, or nothing. A lock answers before the digits are looked at. Call with its number locked."""
    place = same_place(application_id=code.application_id, device=code.device, network=code.network)
    if codes_locked(code.phone_index, place):
        return "code_locked"
    if code.used_at:
        return "code_used"
    if code.superseded_at or code.expires_at <= timezone.now():
        return "code_expired"
    return "" if matches(code.pk, entered) else "code_wrong"


def refuse_code(*, actor: Actor, code: PhoneCode, refusal: str) -> CodeRefused:
    """Count a wrong guess and note the refusal; answered, not raised: the count must outlive it."""
    if refusal == "code_wrong":
        PhoneCode.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1)
    record(f"{EVENTS[code.purpose]}.refused", actor=actor, subject=code.subject, person_id=code.person_id, reason=refusal)
    return CodeRefused(refusal)


def use_code(code: PhoneCode) -> None:
    """It opens nothing again."""
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
