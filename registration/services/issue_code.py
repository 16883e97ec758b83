"""A one-time code is made for a number, if neither number, person, device nor network has had too many."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.network import network_of
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.errors import CodeRefused
from registration.locks import lock_number
from registration.models import Application, Delivery, PhoneCode
from registration.policy import (
    CODE_INTERVAL,
    CODE_LIFE,
    CODES_PER_HOUR,
    CODES_PER_HOUR_DEVICE,
    CODES_PER_HOUR_IP,
    CODES_PER_HOUR_NUMBER,
    CODES_PER_HOUR_PERSON,
    NUMBERS_PER_HOUR,
)
from registration.selectors import codes_locked, numbers_asked, same_place
from registration.services.send_message import send_message
from registration.states import CodePurpose, DeliveryStatus

# what a code is called among the messages to phones
KIND = "phone_code"
# the first half of the names of a code's events, by what it opens
EVENTS = {CodePurpose.REGISTRATION: "phone_code", CodePurpose.REPRESENTATIVE: "phone_code", CodePurpose.SIGN_IN: "sign_in_code"}


def issue_code(
    *,
    actor: Actor,
    purpose: CodePurpose,
    person_id: UUID,
    number: str,
    language: str,
    application: Application | None = None,
    replaces: Q | None = None,
) -> PhoneCode:
    """Make a code for `number` (in its plain form) and hand it to the queue; it voids the live ones of its purpose in `replaces`.

    Call in a transaction. Raises CodeRefused: too soon, too many, locked.
    """
    index = blind_index("phone", number)
    lock_number(index)
    now = timezone.now()
    _refuse_too_many(index, actor, person_id, application.pk if application else None, now)
    if replaces is not None:
        PhoneCode.objects.live().filter(replaces, purpose=purpose).update(superseded_at=now)
    code = PhoneCode.objects.create(
        purpose=purpose,
        person_id=person_id,
        application=application,
        phone=number,
        language=language,
        network=network_of(actor.ip),
        device=actor.device,
        created_at=now,
        expires_at=now + timedelta(seconds=policy.value(CODE_LIFE)),
    )
    record(f"{EVENTS[purpose]}.requested", actor=actor, subject=code.subject, person_id=person_id, data={"code": str(code.pk)})
    send_message(kind=KIND, about=code.pk, person_id=person_id)
    return code


def _refuse_too_many(index: str, actor: Actor, person_id: UUID, application_id: UUID | None, now: datetime) -> None:
    """Throttle per number and place, per number, person, device and network, and how many numbers one draft or device tries (P-REG-2).

    Held under the number's lock, so two tabs can't both pass.

    A stranger uses up their own share of a number first: the bound of all places together is higher.
    """
    lately = PhoneCode.objects.filter(created_at__gt=now - timedelta(hours=1))
    of_number = lately.filter(phone_index=index)
    network = network_of(actor.ip)
    place = same_place(application_id=application_id, device=actor.device, network=network)
    of_place = of_number.filter(place)
    if codes_locked(index, place):
        raise CodeRefused("code_locked")
    # what did not reach the phone keeps nobody from asking again
    failed = Delivery.objects.filter(kind=KIND, status=DeliveryStatus.FAILED, created_at__gt=now - timedelta(hours=1)).values("about")
    if of_place.filter(created_at__gt=now - timedelta(seconds=policy.value(CODE_INTERVAL))).exclude(pk__in=failed).exists():
        raise CodeRefused("code_too_soon")
    # a shop's tablet serves one person after another
    device = "" if actor.place else actor.device
    tried = numbers_asked(application_id=application_id, device=device, since=now - timedelta(hours=1)) - {index}
    bounds = [
        (of_place, CODES_PER_HOUR),
        (of_number, CODES_PER_HOUR_NUMBER),
        (lately.filter(person_id=person_id), CODES_PER_HOUR_PERSON),
        # a browser without a device, or no address: no row has None, so nothing is counted
        (lately.filter(device=actor.device or None), CODES_PER_HOUR_DEVICE),
        (lately.filter(network=network or None), CODES_PER_HOUR_IP),
    ]
    if len(tried) >= policy.value(NUMBERS_PER_HOUR) or any(codes.count() >= policy.value(most) for codes, most in bounds):
        raise CodeRefused("code_too_many")
