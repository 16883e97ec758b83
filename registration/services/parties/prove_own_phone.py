"""Who acts for the person proves a phone of their own: there they can be reached, and it says that they are there (R-03)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, CodeRefused
from registration.locks import lock_application, lock_number
from registration.models import Application
from registration.selectors import may_share_phone, newest_code
from registration.services.accept_code import refusal_of, refuse_code, use_code
from registration.states import Party


def prove_own_phone(*, actor: Actor, application_id: UUID, entered: str) -> Application:
    """Accept the newest code to the phone of who acts. Their number opens no other application, and no account.

    Raises CodeRefused (wrong, expired, used, locked; a wrong guess is counted even so), ApplicationClosed.
    """
    with transaction.atomic():
        outcome = _judge(actor=actor, application_id=application_id, entered=entered)
    # outside: the count of wrong guesses must outlive the refusal
    if isinstance(outcome, CodeRefused):
        raise outcome
    return outcome


@transaction.atomic
def share_phone(*, actor: Actor, application_id: UUID) -> Application:
    """The number that was proven first is theirs, too. Raises CodeRefused where it can't be, ApplicationClosed."""
    application = _editable(actor, application_id)
    if application.phone_proven_at is None or not may_share_phone(application):
        raise CodeRefused("phone_not_shared")
    return _keep(actor, application, application.phone, code="")


def _judge(*, actor: Actor, application_id: UUID, entered: str) -> Application | CodeRefused:
    application = _editable(actor, application_id)
    # under the application's lock no newer one can be asked for
    code = newest_code(application_id, Party.REPRESENTATIVE)
    if code is None:
        return CodeRefused("code_expired")
    lock_number(code.phone_index)
    if refusal := refusal_of(code, entered):
        return refuse_code(actor=actor, code=code, refusal=refusal)
    use_code(code)
    return _keep(actor, application, code.phone, code=str(code.pk))


def _editable(actor: Actor, application_id: UUID) -> Application:
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable or not application.representation:
        raise ApplicationClosed
    return application


def _keep(actor: Actor, application: Application, phone: str, *, code: str) -> Application:
    representative = application.representative
    representative.phone, representative.phone_proven_at = phone, timezone.now()
    representative.save(update_fields=["phone", "phone_index", "phone_proven_at"])
    record(
        "representative_phone.proven",
        actor=actor,
        subject=application,
        person_id=representative.person_id,
        data={"code": code, "shared": not code},
    )
    return application
