"""A person asks for a one-time code; a worker hands it to the gateway."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from realname.access.actor import SYSTEM, Actor
from realname.ids import phone as phones
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed
from registration.gateways.sms import SmsGateway
from registration.locks import lock_application
from registration.models import PhoneCode
from registration.services.issue_code import EVENTS, issue_code
from registration.services.phone_digits import digits_of
from registration.states import CodePurpose


@transaction.atomic
def request_phone_code(*, actor: Actor, application_id: UUID, phone: str) -> PhoneCode:
    """Make a code for `phone` and hand it to the queue.

    Whether the number is registered already is said to who proves it, to nobody else.
    Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked), ApplicationClosed.
    """
    number = phones.parse(phone).number
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    return issue_code(
        actor=actor,
        purpose=CodePurpose.REGISTRATION,
        person_id=application.person_id,
        number=number,
        language=application.language,
        application=application,
        # of this application only: a stranger who asks for a code to the same number must not void this person's
        replaces=Q(application=application),
    )


def deliver_phone_code(*, code_id: UUID) -> None:
    """Hand a code to the gateway, once: the gateway takes one message per code id. Does nothing for an ended code.

    Raises SourceUnavailable where trying again may help.
    """
    code = PhoneCode.objects.unsent().filter(pk=code_id).first()
    if code is None:
        return
    with translation.override(code.language):
        text = _("[%(operator)s] Your code is %(code)s, valid for %(minutes)d minutes. Never tell it to anybody.") % {
            "operator": settings.OPERATOR_NAME,
            "code": digits_of(code.pk),
            "minutes": (code.expires_at - code.created_at).total_seconds() // 60,
        }
    SmsGateway().send(code.phone, text, idempotency_key=str(code.pk))
    settle_delivery(code_id=code_id, sent=True)


@transaction.atomic
def settle_delivery(*, code_id: UUID, sent: bool, reason: str = "") -> None:
    """Note once that the gateway took the code, or that it never will."""
    now = timezone.now()
    unsent = PhoneCode.objects.filter(pk=code_id, sent_at__isnull=True, failed_at__isnull=True)
    if unsent.update(**({"sent_at": now} if sent else {"failed_at": now})):
        code = PhoneCode.objects.select_related("application", "person").get(pk=code_id)
        record(
            f"{EVENTS[code.purpose]}.{'sent' if sent else 'failed'}",
            actor=SYSTEM,
            subject=code.subject,
            person_id=code.person_id,
            reason=reason,
            data={"code": str(code_id)},
        )
