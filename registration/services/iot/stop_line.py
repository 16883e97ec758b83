"""A line of a thing is restricted or suspended for a break of its limits; who answers for it and who uses it are told (R-19, R-21)."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.masking import mask_phone
from realname.trail import record
from registration.inbox import IOT_STOPPED
from registration.locks import lock_iot_line
from registration.services.account.notify_person import notify_person
from registration.services.iot.drop_rechecks import drop_rechecks
from registration.services.iot.tell_responsible import KIND
from registration.services.send_message import send_message
from registration.states import IotBreak, IotMeasure, LineStatus

_EVENTS = {LineStatus.RESTRICTED: "iot_line.restricted", LineStatus.SUSPENDED: "iot_line.suspended"}
_TO = {IotMeasure.RESTRICT: LineStatus.RESTRICTED, IotMeasure.SUSPEND: LineStatus.SUSPENDED}


@transaction.atomic
def stop_iot_line(*, actor: Actor, line_id: UUID, measure: IotMeasure, reason: IotBreak, broken_at: datetime, breaks: int) -> bool:
    """Restrict or suspend it for a break of that moment, the last of `breaks`; answers whether anything changed.

    Nothing is made milder, and what was lifted since is left. Done twice it is one. The way back is a re-check, judged by a person
    (R-29).
    """
    line = lock_iot_line(line_id)
    to = _TO[measure]
    over = line.lifted_at is not None and broken_at <= line.lifted_at
    if over or line.status in (to, LineStatus.SUSPENDED, LineStatus.TERMINATED):
        return False
    line.move(to=to)
    line.stop_reason, line.stopped_at, line.stop_id = reason, timezone.now(), uuid4()
    line.save(update_fields=["status", "stop_reason", "stopped_at", "stop_id"])
    record(
        _EVENTS[to],
        actor=actor,
        subject=line,
        related=line.use,
        person_id=line.end_person_id,
        reason=reason,
        data={"measure": measure, "breaks": breaks, "policy_version": policy.version()},
    )
    drop_rechecks(actor=actor, line=line)
    send_message(kind=KIND, about=line.stop_id, person_id=None)
    if line.end_person_id:
        facts = {"number": mask_phone(line.number), "organisation": line.organisation.name}
        notify_person(person_id=line.end_person_id, kind=f"{IOT_STOPPED}{reason}", facts=facts)
    return True
