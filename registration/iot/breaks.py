"""Which of its limits a line of a thing broke, by what the network saw: a rule without a database."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from realname.ids import imei
from registration.iot.places import covers
from registration.models import IotLine
from registration.states import IotBinding, IotBreak, IotFunction, IotGrant

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Seen:
    """One report of the network. `device` is fourteen digits (realname.ids.imei.seen), `region` six digits or ABROAD.

    `peer` is the number called or written to, in its plain form; empty for data.
    """

    report_id: UUID
    number: str
    at: datetime
    device: str
    region: str
    function: IotFunction
    peer: str = ""
    bytes: int = 0


def broken_limits(line: IotLine, seen: Seen, *, month_bytes: int) -> list[IotBreak]:
    """The breaks, the gravest first. `month_bytes`: data of the line in the month of the report, this one with it."""
    found = {
        IotBreak.DEVICE_CHANGED: not _is_its_device(line, seen.device),
        IotBreak.FUNCTION_NOT_GRANTED: not _is_granted(line, seen),
        IotBreak.OUTSIDE_PLACE: not covers(line.places, seen.region),
        IotBreak.OVER_CAP: bool(line.apn) and month_bytes > line.monthly_megabytes * MEGABYTE,
    }
    return [broken for broken, so in found.items() if so]


def _is_its_device(line: IotLine, device: str) -> bool:
    if line.binding == IotBinding.DEVICE:
        return device == line.imei[: imei.BODY]
    return device[: imei.TAC] in line.tacs


def _is_granted(line: IotLine, seen: Seen) -> bool:
    if seen.function == IotFunction.DATA:
        return bool(line.apn)
    grant, numbers = (line.voice, line.voice_numbers) if seen.function == IotFunction.VOICE else (line.sms, line.sms_numbers)
    return grant == IotGrant.WHITELIST and seen.peer in (numbers or "").split("\n")
