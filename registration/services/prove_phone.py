"""A person enters the code: the number is theirs, and an application of it that was left is taken up again."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.errors import ApplicationClosed, CodeRefused, NumberRegistered
from registration.locks import lock_application, lock_number
from registration.models import Application, Line, PhoneCode
from registration.policy import CODE_ATTEMPTS
from registration.selectors import codes_locked
from registration.services.phone_digits import matches
from registration.states import ApplicationStatus


def prove_phone(*, actor: Actor, application_id: UUID, entered: str) -> Application:
    """Accept the newest code of this application.

    Answers the application to go on with: this one, or the open one of the same number that was left before (resumed).
    Raises CodeRefused (wrong, expired, used, locked; a wrong guess is counted even so), ApplicationClosed, NumberRegistered.
    """
    with transaction.atomic():
        code, refusal = _judge(actor=actor, application_id=application_id, entered=entered)
    # outside: the count of wrong guesses must outlive the refusal
    if refusal:
        raise CodeRefused(refusal)
    return _bind(actor=actor, code=code)


def _judge(*, actor: Actor, application_id: UUID, entered: str) -> tuple[PhoneCode | None, str]:
    code = PhoneCode.objects.select_for_update(of=("self",)).filter(application_id=application_id).order_by("-created_at").first()
    if code is None:
        return None, "code_expired"
    refusal = _refusal(code, entered)
    if refusal == "code_wrong":
        PhoneCode.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1)
    if refusal:
        record("phone_code.refused", actor=actor, subject=code.application, person_id=code.person_id, reason=refusal)
    else:
        code.used_at = timezone.now()
        code.save(update_fields=["used_at"])
    return code, refusal


def _refusal(code: PhoneCode, entered: str) -> str:
    """Why a code is not accepted, or nothing. A lock answers before the digits are looked at."""
    if codes_locked(code.phone_index) or code.attempts >= policy.value(CODE_ATTEMPTS):
        return "code_locked"
    if code.used_at:
        return "code_used"
    if code.superseded_at or code.expires_at <= timezone.now():
        return "code_expired"
    return "" if matches(code.pk, entered) else "code_wrong"


@transaction.atomic
def _bind(*, actor: Actor, code: PhoneCode) -> Application:
    """Tie the number to the application, or go over to the open application that has it already."""
    lock_number(code.phone_index)
    if Line.objects.held().filter(number_index=code.phone_index).exists():
        raise NumberRegistered
    application = lock_application(code.application_id)
    other = Application.objects.open().filter(phone_index=code.phone_index).exclude(pk=application.pk).first()
    if other is not None:
        _abandon(application)
        record("application.resumed", actor=actor, subject=other, person_id=other.person_id, related=application)
        return other
    if not application.editable:
        raise ApplicationClosed
    application.phone = code.phone
    application.phone_proven_at = timezone.now()
    application.save(update_fields=["phone", "phone_index", "phone_proven_at"])
    record("phone.proven", actor=actor, subject=application, person_id=application.person_id, data={"code": str(code.pk)})
    return application


def _abandon(application: Application) -> None:
    """The empty draft that led to the older application goes."""
    if application.status == ApplicationStatus.DRAFT:
        application.move(to=ApplicationStatus.WITHDRAWN)
        application.save(update_fields=["status"])
