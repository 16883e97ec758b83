"""A person asks to be called: the digits of the code that was sent are read to them."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, CodeRefused
from registration.locks import lock_application
from registration.models import Delivery
from registration.selectors import call_offered, newest_code
from registration.services.issue_code import KIND
from registration.services.send_message import send_message
from registration.states import Channel, Party


@transaction.atomic
def call_with_code(*, actor: Actor, application_id: UUID, party: Party = Party.PRINCIPAL) -> Delivery:
    """Call with the digits of the code that was asked for last, for this party's phone: one call a code; asked twice it is the same call.

    Raises ApplicationClosed, CodeRefused (no_call: the message is not overdue yet, the code is over, or nobody can call).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    code = newest_code(application_id, party)
    if code is None or not call_offered(code):
        raise CodeRefused("no_call")
    asked_before = Delivery.objects.of(KIND, code.pk).filter(channel=Channel.VOICE).exists()
    call = send_message(kind=KIND, about=code.pk, person_id=code.person_id, channel=Channel.VOICE)
    if call is None:
        raise CodeRefused("no_call")
    if not asked_before:
        record("phone_code.called", actor=actor, subject=application, person_id=code.person_id, data={"code": str(code.pk)})
    return call
