"""The network tells what a line of a thing did; what goes beyond its limits is told to the trail (R-19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.ids.imei import TAC
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.iot.breaks import Seen, broken_limits
from registration.locks import lock_iot_line
from registration.models import IotLine, IotReport
from registration.policy import IOT_REPORT_DAYS
from registration.states import IotBreak, IotFunction, LineStatus

NETWORK = Actor(kind="system", id="network", name="network")
# how far the network's clock may be ahead of ours
AHEAD = timedelta(minutes=5)


class ReportRefused(ValueError):
    """It is not noted; `code` says why: unknown_line, time, id_used."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Noted:
    """What came of a report: how the line stands, and the limits it broke. A report that came before answers without breaks."""

    status: LineStatus
    breaks: tuple[IotBreak, ...] = ()
    again: bool = False


@transaction.atomic
def note_use(seen: Seen) -> Noted:
    """Note one report, once, however often and in whatever order they come. Raises ReportRefused.

    A line that is active or restricted tells of every break: what follows is for the risk stage to say. One that is suspended should
    carry nothing: that it does is told once a day.
    """
    now = timezone.now()
    if not now - timedelta(days=policy.value(IOT_REPORT_DAYS)) <= seen.at <= now + AHEAD:
        raise ReportRefused("time")
    held = IotLine.objects.held().filter(number_index=blind_index("phone", seen.number)).values_list("pk", flat=True).first()
    if held is None:
        raise ReportRefused("unknown_line")
    line = lock_iot_line(held)
    if line.status not in LineStatus.held() or seen.at < line.activated_at:
        raise ReportRefused("unknown_line")
    report, new = IotReport.objects.get_or_create(
        pk=seen.report_id, defaults={"line": line, "at": seen.at, "function": seen.function, "bytes": seen.bytes}
    )
    if not new:
        if (report.line_id, report.at, report.function, report.bytes) != (line.pk, seen.at, seen.function, seen.bytes):
            raise ReportRefused("id_used")
        return Noted(LineStatus(line.status), again=True)
    breaks = _breaks(line, seen)
    for broken in breaks:
        _tell(line, seen, broken)
    return Noted(LineStatus(line.status), tuple(breaks))


def month_bytes(line: IotLine, at: datetime) -> int:
    """Data of the line in the month of that moment, from the last lifting on."""
    local = timezone.localtime(at)
    first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (first + timedelta(days=32)).replace(day=1)
    since = max(first, line.lifted_at) if line.lifted_at else first
    total = line.reports.filter(function=IotFunction.DATA, at__gte=since, at__lt=after).aggregate(total=Sum("bytes"))["total"]
    return int(total or 0)


def _breaks(line: IotLine, seen: Seen) -> list[IotBreak]:
    if line.lifted_at and seen.at < line.lifted_at:
        return []  # late news of what was looked at and lifted since
    breaks = broken_limits(line, seen, month_bytes=month_bytes(line, seen.at))
    if line.status != LineStatus.SUSPENDED:
        return breaks
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = line.reports.filter(at__gte=max(today, line.stopped_at)).exclude(pk=seen.report_id).exists()
    # what was sent before the network learnt of it is no break
    return [] if told or seen.at <= line.stopped_at else [IotBreak.USED_WHILE_SUSPENDED]


def _tell(line: IotLine, seen: Seen, broken: IotBreak) -> None:
    record(
        "iot_line.limit_broken",
        actor=NETWORK,
        subject=line,
        related=line.use,
        person_id=line.end_person_id,
        reason=broken,
        # of the device its model only; of the place the province
        data={
            "report": str(seen.report_id),
            "function": seen.function,
            "tac": seen.device[:TAC],
            "province": seen.region[:2] + "0000" if seen.region.isdecimal() else seen.region,
            "used_at": seen.at.isoformat(),
        },
    )
