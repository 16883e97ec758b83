"""A person asks for a one-time code; a worker hands it to the gateway."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.access.network import network_of
from realname.ids import phone as phones
from realname.queue import enqueue
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.access import require_own
from registration.errors import ApplicationClosed, CodeRefused
from registration.gateways.sms import SmsGateway
from registration.locks import lock_application, lock_number
from registration.models import Application, PhoneCode
from registration.policy import CODE_INTERVAL, CODE_LIFE, CODES_PER_HOUR, CODES_PER_HOUR_IP, CODES_PER_HOUR_NUMBER, NUMBERS_PER_HOUR
from registration.selectors import codes_locked, numbers_asked, same_place
from registration.services.phone_digits import digits_of


@transaction.atomic
def request_phone_code(*, actor: Actor, application_id: UUID, phone: str) -> PhoneCode:
    """Make a code for `phone` and hand it to the queue.

    Whether the number is registered already is said to who proves it, to nobody else.
    Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked), ApplicationClosed.
    """
    number = phones.parse(phone).number
    index = blind_index("phone", number)
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    lock_number(index)
    _refuse_too_many(index, actor, application)
    now = timezone.now()
    # of this application only: a stranger who asks for a code to the same number must not void this person's
    PhoneCode.objects.live().filter(application=application).update(superseded_at=now)
    code = PhoneCode.objects.create(
        person_id=application.person_id,
        application=application,
        phone=number,
        network=network_of(actor.ip),
        device=actor.device,
        created_at=now,
        expires_at=now + timedelta(seconds=policy.value(CODE_LIFE)),
    )
    record("phone_code.requested", actor=actor, subject=application, person_id=application.person_id, data={"code": str(code.pk)})
    from registration.tasks import send_phone_code

    enqueue(send_phone_code, code.pk)
    return code


def deliver_phone_code(*, code_id: UUID) -> None:
    """Hand a code to the gateway, once: the gateway takes one message per code id. Does nothing for an ended code.

    Raises SourceUnavailable where trying again may help.
    """
    code = PhoneCode.objects.unsent().select_related("application").filter(pk=code_id).first()
    if code is None:
        return
    with translation.override(code.application.language):
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
        code = PhoneCode.objects.select_related("application").get(pk=code_id)
        record(
            "phone_code.sent" if sent else "phone_code.failed",
            actor=SYSTEM,
            subject=code.application,
            person_id=code.person_id,
            reason=reason,
            data={"code": str(code_id)},
        )


def _refuse_too_many(index: str, actor: Actor, application: Application) -> None:
    """Throttle per number and place, per number, per network, and how many numbers one draft or device tries (P-REG-2).

    Held under the number's lock, so two tabs can't both pass.

    A stranger uses up their own share of a number first: the bound of all places together is higher.
    """
    now = timezone.now()
    hour = now - timedelta(hours=1)
    of_number = PhoneCode.objects.filter(phone_index=index, created_at__gt=hour)
    network = network_of(actor.ip)
    place = same_place(application_id=application.pk, device=actor.device, network=network)
    of_place = of_number.filter(place)
    if codes_locked(index, place):
        raise CodeRefused("code_locked")
    if of_place.filter(created_at__gt=now - timedelta(seconds=policy.value(CODE_INTERVAL)), failed_at__isnull=True).exists():
        raise CodeRefused("code_too_soon")
    if of_place.count() >= policy.value(CODES_PER_HOUR) or of_number.count() >= policy.value(CODES_PER_HOUR_NUMBER):
        raise CodeRefused("code_too_many")
    tried = numbers_asked(application_id=application.pk, device=actor.device, since=hour) - {index}
    if len(tried) >= policy.value(NUMBERS_PER_HOUR):
        raise CodeRefused("code_too_many")
    if network and PhoneCode.objects.filter(network=network, created_at__gt=hour).count() >= policy.value(CODES_PER_HOUR_IP):
        raise CodeRefused("code_too_many")
