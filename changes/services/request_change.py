"""Somebody asks that a record be changed; a code goes to the new number."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from changes.errors import Implausible
from changes.kinds import KINDS
from changes.locks import lock_person
from changes.models import ChangeCode, ChangeRequest
from changes.policy import REQUEST_LIFE
from changes.services.check_plausibility import refusal_of
from changes.states import ChangeKind
from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.policy import CODE_INTERVAL, CODE_LIFE
from registration.services.send_message import send_message

# what the code to the new number is called among the messages to phones
CODE = "change_code"


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
    send_message(kind=CODE, about=code.pk, person_id=change.person_id)
