"""Lines of things in every state of the way: uses asked for and approved, lines activated, reports of the network."""

import itertools
import uuid
from datetime import datetime

from django.utils import timezone

from realname.access.actor import Actor
from realname.access.models import Role
from realname.ids.imei import check_digit
from registration.iot.breaks import Seen
from registration.models import IotLine, IotUse, Organisation
from registration.services.iot.activate_lines import Card, activate_iot_lines
from registration.services.iot.ask_use import ask_iot_use
from registration.services.iot.judge_use import approve_iot_use
from registration.services.stock_numbers import stock_numbers
from registration.states import IotFunction
from tests.factories import organisation as organisations

_serial = itertools.count(1)
TAC = "86153603"


def new_imei(tac: str = TAC) -> str:
    """A device nobody else in this run has."""
    body = f"{tac}{next(_serial):06d}"
    return body + check_digit(body)


def stocked(count: int = 5) -> list[str]:
    """Numbers for devices, in stock."""
    numbers = [f"14400{next(_serial):08d}" for _ in range(count)]
    stock_numbers(actor=organisations.actor(Role.ADMINISTRATOR), numbers=numbers)
    return numbers


def wanted(**given) -> dict:
    """A use of low risk, as the desk's form hands it on: meters, each card in one device, data to one host, in one city."""
    facts = {
        "scene": "meter",
        "purpose": "远程抄表",
        "device_model": "NB-IoT 智能水表 WM-20",
        "tacs": [TAC],
        "binding": "device",
        "loose_card": False,
        "quantity": 3,
        "resold": False,
        "voice": "none",
        "voice_numbers": [],
        "sms": "none",
        "sms_numbers": [],
        "apn": "cmiot.meter",
        "hosts": ["data.example.com"],
        "monthly_megabytes": 30,
        "places": ["深圳市"],
        "responsible_reference": "",
        "responsible_last_six": "",
        "contact_phone": "13800138000",
    }
    return {**facts, **given}


def clerk_of(organisation: Organisation) -> Actor:
    """Who entered it."""
    return Actor(kind="staff", id=str(organisation.entered_by_id), name="clerk", role=Role.ENTERPRISE_CLERK)


def asked(organisation: Organisation | None = None, **given) -> IotUse:
    """Asked for by the clerk of an approved organisation."""
    organisation = organisation or organisations.approved()
    return ask_iot_use(actor=clerk_of(organisation), organisation_id=organisation.pk, asked=wanted(**given))


def approved(organisation: Organisation | None = None, **given) -> IotUse:
    """By as many reviewers as its risk needs."""
    use = asked(organisation, **given)
    while use.status in ("pending", "second"):
        use = approve_iot_use(actor=organisations.actor(Role.REVIEWER), use_id=use.pk)
    return use


def activated(use: IotUse | None = None, *cards: Card) -> IotLine:
    """A line of an approved use, in a device of its own."""
    use = use or approved()
    stocked(len(cards) or 1)
    lines = activate_iot_lines(actor=clerk_of(use.organisation), use_id=use.pk, cards=cards or (Card(imei=new_imei()),))
    return lines[0]


def seen(line: IotLine, **given) -> Seen:
    """What the network sees of a line that keeps its limits."""
    facts = {
        "report_id": uuid.uuid4(),
        "number": line.number,
        "at": timezone.now(),
        "device": line.imei[:14] if line.imei else f"{TAC}000001",
        "region": "440305",
        "function": IotFunction.DATA,
        "bytes": 1000,
    }
    return Seen(**{**facts, **given})


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return timezone.make_aware(datetime.fromisoformat(text))
