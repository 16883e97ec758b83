"""A person enters the code: the number is theirs, or an application that has it stands in between."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, CodeRefused, NumberRegistered, RegistrationError
from registration.locks import lock_with_rival
from registration.models import Application, Line
from registration.numbers import offers_numbers
from registration.selectors import newest_code
from registration.services.accept_code import refusal_of, refuse_code, use_code
from registration.services.bind_number import bind_number


def prove_phone(*, actor: Actor, application_id: UUID, entered: str) -> Application:
    """Accept the newest code of this application.

    Answers the application to go on with: this one; or the empty open one that has the number (resumed); or this one without a
    proven phone, where the open one holds details: then `resume_application` or `start_anew` is next.
    Raises CodeRefused (wrong, expired, used, locked; a wrong guess is counted even so), ApplicationClosed, NumberRegistered.
    """
    with transaction.atomic():
        outcome = _judge_and_bind(actor=actor, application_id=application_id, entered=entered)
    # outside: the count of wrong guesses and the used code must outlive the refusal
    if isinstance(outcome, RegistrationError):
        raise outcome
    return outcome


def _judge_and_bind(*, actor: Actor, application_id: UUID, entered: str) -> Application | RegistrationError:
    asked = newest_code(application_id)
    if asked is None:
        return CodeRefused("code_expired")
    application, rival = lock_with_rival(application_id, asked.phone_index)
    require_own(actor, application)
    if not application.editable:
        return ApplicationClosed()
    # again, under the lock: a newer code may have been sent meanwhile, even to another number, which is not locked
    code = newest_code(application_id)
    refusal = refusal_of(code, entered) if code.phone_index == asked.phone_index else "code_expired"
    if refusal:
        return refuse_code(actor=actor, code=code, refusal=refusal)
    use_code(code)
    # a number that is a line already can still be the contact of who chooses a new one
    if Line.objects.held().filter(number_index=code.phone_index).exists() and not offers_numbers():
        record("phone_code.refused", actor=actor, subject=application, person_id=application.person_id, reason="number_registered")
        return NumberRegistered()
    return bind_number(actor=actor, application=application, rival=rival, code=code)
