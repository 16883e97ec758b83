"""Who proved a number that an application has already takes that up again, if it is theirs; or begins anew."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ResumeRefused
from registration.locks import lock_with_rival
from registration.models import Application, PhoneCode
from registration.policy import RESUME_ATTEMPTS, RESUME_LOCK
from registration.selectors import code_of_resume
from registration.services.bind_number import hand_over, take_over

ASKED_CHARACTERS = 6


def resume_application(*, actor: Actor, application_id: UUID, entered: str) -> Application:
    """Hand over the number's application to who knows the last six characters of the ID number in it.

    `application_id` is the draft that proved the number; it gives way. Raises ResumeRefused (wrong, locked, over; a wrong
    answer is counted even so).
    """
    with transaction.atomic():
        application, rival, _code = _parties(actor, application_id)
        refusal = refusal_of_guess(rival, entered)
        if refusal:
            record(
                "application.resume_refused",
                actor=actor,
                subject=rival,
                person_id=rival.person_id,
                related=application,
                reason=refusal,
            )
        else:
            rival = hand_over(actor=actor, application=application, rival=rival)
    # outside: the count must outlive the refusal
    if refusal:
        raise ResumeRefused(refusal)
    return rival


@transaction.atomic
def start_anew(*, actor: Actor, application_id: UUID) -> Application:
    """Withdraw the number's older application: who holds the number now applies with it. Raises ResumeRefused, ApplicationClosed."""
    application, rival, code = _parties(actor, application_id)
    return take_over(actor=actor, application=application, rival=rival, code=code)


def _parties(actor: Actor, application_id: UUID) -> tuple[Application, Application, PhoneCode]:
    """The draft, its rival and the code that proved the number, locked. Raises ResumeRefused where one is missing."""
    code = code_of_resume(application_id)
    if code is None:
        raise ResumeRefused("resume_over")
    application, rival = lock_with_rival(application_id, code.phone_index)
    require_own(actor, application)
    if rival is None or not rival.details_entered_at or not application.editable or code_of_resume(application_id) != code:
        raise ResumeRefused("resume_over")
    return application, rival, code


def refusal_of_guess(rival: Application, entered: str) -> str:
    """Why the answer is not accepted, or nothing; counts a wrong one. A lock answers before the answer is looked at."""
    now = timezone.now()
    if rival.resume_locked_until and rival.resume_locked_until > now:
        return "resume_locked"
    if constant_time_compare(rival.id_number[-ASKED_CHARACTERS:].upper(), entered.strip().upper()):
        return ""
    rival.resume_attempts += 1
    if rival.resume_attempts >= policy.value(RESUME_ATTEMPTS):
        rival.resume_attempts, rival.resume_locked_until = 0, now + timedelta(seconds=policy.value(RESUME_LOCK))
    rival.save(update_fields=["resume_attempts", "resume_locked_until"])
    return "resume_wrong"
