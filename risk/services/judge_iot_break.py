"""A line of a thing went beyond its limits: the rule says what follows, and the line is stopped by it (R-19)."""

from uuid import UUID

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail.models import Event
from registration.models import IotLine
from registration.services.iot.stop_line import stop_iot_line
from registration.states import IotBreak, IotMeasure
from risk.policy import IOT_MEASURES
from risk.rules.iot_misuse import SPAN, measure_for


def judge_iot_break(*, event: Event) -> bool:
    """Follow up one `iot_line.limit_broken`; answers whether the line was stopped. Heard twice it is one."""
    line = IotLine.objects.filter(pk=UUID(event.subject_id)).first()
    if line is None:
        return False
    broken = IotBreak(event.reason)
    with policy.hold() as held:
        breaks = _count(line, event, held)
        measure = measure_for(broken, breaks=breaks, held=held)
        if measure == IotMeasure.WATCH:
            return False
        return stop_iot_line(actor=SYSTEM, line_id=line.pk, measure=measure, reason=broken, broken_at=event.at, breaks=breaks)


def _count(line: IotLine, event: Event, held: policy.Snapshot) -> int:
    """Breaks of the line within the span up to this one, from its last lifting on, without those that are only watched."""
    since = max(event.at - SPAN, line.lifted_at) if line.lifted_at else event.at - SPAN
    counted = [broken for broken, parameter in IOT_MEASURES.items() if held.value(parameter) != IotMeasure.WATCH]
    found = Event.objects.filter(name="iot_line.limit_broken", subject_kind="iot_line", subject_id=event.subject_id, reason__in=counted)
    return found.filter(at__gt=since, at__lte=event.at).count()
