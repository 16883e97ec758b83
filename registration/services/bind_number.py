"""A proven number goes to the application that proved it, or that application gives way to the one that has the number."""

from django.utils import timezone

from realname.access.actor import Actor
from realname.states import TransitionNotAllowed
from realname.trail import record
from registration.errors import ApplicationClosed
from registration.models import Application, PhoneCode
from registration.services.bulk.keep_invitation import keep_invitation
from registration.services.shop.assist_application import assist_application
from registration.services.withdraw_application import end_by_withdrawal

# why an application was withdrawn by somebody who is not known to be its person
ELSEWHERE, TAKEN_OVER = "resumed_elsewhere", "number_proven_anew"


def bind_number(*, actor: Actor, application: Application, rival: Application | None, code: PhoneCode) -> Application:
    """Answers the application to go on with, as `prove_phone` does. Call with `lock_with_rival` held.

    Whoever holds a number need not be who held it before (a number given out again, a lent phone): what a rival says of its
    person is not shown for the number alone.
    """
    if rival is None:
        return keep_number(actor=actor, application=application, code=code)
    if rival.details_entered_at:
        return application
    if rival.captures.exists() and not (actor.device and actor.device == rival.device):
        # photographs fill in the form, and there is no detail yet to ask for: nobody gets them but the browser that took them
        return take_over(actor=actor, application=application, rival=rival, code=code)
    return hand_over(actor=actor, application=application, rival=rival)


def keep_number(*, actor: Actor, application: Application, code: PhoneCode) -> Application:
    """Tie the number to the application that proved it."""
    application.phone = code.phone
    application.phone_proven_at = timezone.now()
    application.save(update_fields=["phone", "phone_index", "phone_proven_at"])
    record("phone.proven", actor=actor, subject=application, person_id=application.person_id, data={"code": str(code.pk)})
    return application


def hand_over(*, actor: Actor, application: Application, rival: Application) -> Application:
    """The draft gives way to the older application; whoever had that open in a browser has it no more."""
    keep_invitation(actor=actor, draft=application, older=rival)
    end_by_withdrawal(actor=actor, application=application, reason=ELSEWHERE)
    rival.session_epoch += 1
    rival.resume_attempts, rival.resume_locked_until = 0, None
    rival.save(update_fields=["session_epoch", "resume_attempts", "resume_locked_until"])
    if actor.place:
        assist_application(actor=actor, application=rival)
    record("application.resumed", actor=actor, subject=rival, person_id=rival.person_id, related=application)
    return rival


def take_over(*, actor: Actor, application: Application, rival: Application, code: PhoneCode) -> Application:
    """The older application loses the number to who holds it now. Raises ApplicationClosed once it is approved."""
    try:
        end_by_withdrawal(actor=actor, application=rival, reason=TAKEN_OVER)
    except TransitionNotAllowed:
        raise ApplicationClosed from None
    return keep_number(actor=actor, application=application, code=code)
