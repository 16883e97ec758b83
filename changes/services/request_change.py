"""Somebody asks that a record be changed; a code goes to the new number."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from changes.errors import Implausible
from changes.kinds import KINDS
from changes.locks import lock_person
from changes.models import ChangeCode, ChangeRequest
from changes.policy import REQUEST_LIFE
from changes.services.check_plausibility import refusal_of
from changes.services.language import language_of
from changes.states import ChangeKind
from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.queue import enqueue
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.gateways.sms import SmsGateway
from registration.policy import CODE_INTERVAL, CODE_LIFE
from registration.services.phone_digits import digits_of


@transaction.atomic
def request_change(*, actor: Actor, person_id: UUID, kind: ChangeKind, value: str) -> ChangeRequest:
    """Ask for a change of a verified person's record (P-CHG-1).

    Raises InvalidPhone, or Implausible: person_unknown, person_frozen, same_value, changed_recently, change_open, number_busy.
    """
    of = KINDS[kind]
    value = of.clean(value)
    person = lock_person(person_id)
    if person.verified_at is None or person.merged_into_id:
        raise Implausible("person_unknown")
    if person.frozen_at:
        raise Implausible("person_frozen")
    if refusal := refusal_of(person=person, kind=kind, value=value) or _busy(of.number_to_prove(value)):
        raise Implausible(refusal)
    now = timezone.now()
    change = ChangeRequest.objects.create(
        person=person,
        kind=kind,
        before=of.current(person),
        after=value,
        requested_by_id=actor.id,
        requested_by_name=actor.name,
        requested_at=now,
        expires_at=now + timedelta(hours=policy.value(REQUEST_LIFE)),
    )
    record(
        "change.requested",
        actor=actor,
        subject=change,
        person_id=person.pk,
        related=person,
        data={"kind": kind},
        before={kind: change.before},
        after={kind: value},
    )
    _send_code(change, of.number_to_prove(value))
    return change


def deliver_change_code(*, code_id: UUID) -> None:
    """Hand a code to the gateway, once: the gateway takes one message per code id. Raises SourceUnavailable, SourceRefused."""
    code = ChangeCode.objects.unsent().select_related("change").filter(pk=code_id).first()
    if code is None:
        return
    with translation.override(language_of(code.person_id)):
        text = _("[%(operator)s] Code %(code)s: with it you make this number your contact phone. Never tell it to a stranger.") % {
            "operator": settings.OPERATOR_NAME,
            "code": digits_of(code.pk),
        }
    SmsGateway().send(code.phone, text, idempotency_key=str(code.pk))
    settle_delivery(code_id=code_id, sent=True)


@transaction.atomic
def settle_delivery(*, code_id: UUID, sent: bool, reason: str = "") -> None:
    """Note once that the gateway took the code, or that it never will."""
    unsent = ChangeCode.objects.filter(pk=code_id, sent_at__isnull=True, failed_at__isnull=True)
    if unsent.update(**{"sent_at" if sent else "failed_at": timezone.now()}):
        code = ChangeCode.objects.select_related("change").get(pk=code_id)
        name = "change_code.sent" if sent else "change_code.failed"
        record(name, actor=SYSTEM, subject=code.change, person_id=code.person_id, reason=reason)


def _busy(number: str) -> str:
    """A number nobody asked about must not be flooded through us."""
    since = timezone.now() - timedelta(seconds=policy.value(CODE_INTERVAL))
    recent = ChangeCode.objects.filter(phone_index=blind_index("phone", number), created_at__gt=since)
    return "number_busy" if recent.exists() else ""


def _send_code(change: ChangeRequest, number: str) -> None:
    now = timezone.now()
    code = ChangeCode.objects.create(
        person_id=change.person_id,
        change=change,
        phone=number,
        created_at=now,
        expires_at=now + timedelta(seconds=policy.value(CODE_LIFE)),
    )
    from changes.tasks import send_change_code

    enqueue(send_change_code, code.pk)
