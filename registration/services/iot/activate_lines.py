"""Lines of an approved use are activated: numbers from the stock for devices, each line with its limits, its device and its user (R-19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from realname import policy
from realname.access.actor import Actor
from realname.ids import imei as imeis
from realname.trail import record
from registration.errors import IotRefused
from registration.inbox import IOT_USER
from registration.iot.assessment import granted
from registration.locks import free_numbers_for_things, lock_iot_use, lock_organisation
from registration.models import IotLine, IotUse, Number, Organisation, Person
from registration.models.iot_limits import LIMIT_FIELDS
from registration.policy import IOT_LINES
from registration.services.account.notify_person import notify_person
from registration.services.iot.ask_use import require_clerk
from registration.services.iot.known_users import known_organisation, known_person
from registration.states import IotBinding, IotGrant, IotUseStatus, NumberStatus, OrganisationStatus

MOST_CARDS = 200


@dataclass(frozen=True)
class Card:
    """A card to be activated, as it was typed: the device where it is bound to one, and who uses it where lines are handed on.

    The user is a person (`reference` and `last_six`) or an organisation (`code`).
    """

    imei: str = ""
    reference: str = ""
    last_six: str = ""
    code: str = ""


def activate_iot_lines(*, actor: Actor, use_id: UUID, cards: Sequence[Card]) -> list[IotLine]:
    """A line for each card, all or none.

    Raises IotRefused (not theirs to do; use or organisation not approved; more lines than may be; no numbers; of a row: its form, its
    device or its user), IotUse.DoesNotExist.
    """
    require_clerk(actor)
    if not 0 < len(cards) <= MOST_CARDS:
        raise IotRefused("iot_cards_none")
    use = IotUse.objects.get(pk=use_id, entered_by=actor.id)
    devices = _devices(use, cards)
    # before the transaction: a wrong answer about a person is counted, and the count must outlive the refusal
    users = [_user(use, card, row) for row, card in enumerate(cards, 1)]
    try:
        with transaction.atomic():
            return _activate(actor, use, devices, users)
    except IntegrityError as error:
        if "iot_line_once_per_device" in str(error):
            raise IotRefused("iot_imei_taken") from None
        raise


def _activate(actor: Actor, use: IotUse, devices: list[str], users: "list[Person | Organisation | None]") -> list[IotLine]:
    # until the transaction ends: lines of one organisation are counted one at a time
    organisation = lock_organisation(use.organisation_id)
    use = lock_iot_use(use.pk)
    if organisation.status != OrganisationStatus.APPROVED:
        raise IotRefused("iot_organisation")
    if use.status != IotUseStatus.APPROVED:
        raise IotRefused("iot_use_closed")
    if use.lines.held().count() + len(devices) > use.quantity:
        raise IotRefused("iot_use_full")
    if organisation.iot_lines.held().count() + len(devices) > policy.value(IOT_LINES):
        raise IotRefused("iot_organisation_full")
    numbers = free_numbers_for_things(limit=len(devices))
    if len(numbers) < len(devices):
        raise IotRefused("iot_numbers_none")
    return [_open_line(actor, use, *each) for each in zip(numbers, devices, users, strict=True)]


def _open_line(actor: Actor, use: IotUse, number: Number, device: str, user: "Person | Organisation | None") -> IotLine:
    number.move(to=NumberStatus.IN_USE)
    number.save(update_fields=["status"])
    line = IotLine(
        use=use,
        organisation_id=use.organisation_id,
        number=number.number,
        binding=use.binding,
        imei=device or None,
        tacs=use.tacs,
        resold=use.resold,
        end_person=user if isinstance(user, Person) else None,
        end_organisation=user if isinstance(user, Organisation) else None,
        **_limits(use),
    )
    line.save(force_insert=True)
    record(
        "iot_line.activated",
        actor=actor,
        subject=line,
        related=use,
        person_id=line.end_person_id,
        data={
            "organisation": str(use.organisation_id),
            "end_organisation": str(line.end_organisation_id or ""),
            "binding": line.binding,
            # names of hosts and access points are words of others: they stand on the line, and are not for the trail
            **{name: getattr(line, name) for name in ("voice", "sms", "monthly_megabytes", "places", "tacs")},
        },
    )
    if line.end_person_id:
        facts = {"organisation": use.organisation.name, "devices": use.device_model}
        notify_person(person_id=line.end_person_id, kind=IOT_USER, facts=facts)
    return line


def _limits(use: IotUse) -> dict[str, object]:
    """What was asked for, without what the level does not let be granted."""
    limits = {name: getattr(use, name) for name in LIMIT_FIELDS}
    for function in ("voice", "sms"):
        if granted(use, function) == IotGrant.NONE:
            limits |= {function: IotGrant.NONE, f"{function}_numbers": None}
    return limits


def _devices(use: IotUse, cards: Sequence[Card]) -> list[str]:
    """Of each card its IMEI, or nothing where it is bound to models."""
    found: list[str] = []
    for row, card in enumerate(cards, 1):
        if bool(card.imei) != (use.binding == IotBinding.DEVICE):
            raise IotRefused("iot_card_form", row=row)
        device = _device(card.imei, row)
        if device and device[: imeis.TAC] not in use.tacs:
            raise IotRefused("iot_imei_model", row=row)
        if device and device in found:
            raise IotRefused("iot_imei_listed_twice", row=row)
        found.append(device)
    return found


def _device(text: str, row: int) -> str:
    try:
        return imeis.parse(text) if text else ""
    except imeis.InvalidImei:
        raise IotRefused("iot_imei", row=row) from None


def _user(use: IotUse, card: Card, row: int) -> "Person | Organisation | None":
    named = bool(card.code), bool(card.reference), bool(card.last_six)
    if named not in ([(True, False, False), (False, True, True)] if use.resold else [(False, False, False)]):
        raise IotRefused("iot_card_form", row=row)
    try:
        if card.code:
            return known_organisation(card.code)
        return known_person(reference=card.reference, last_six=card.last_six, refusal="iot_end_user") if card.reference else None
    except IotRefused as refusal:
        raise IotRefused(refusal.code, row=row) from None
