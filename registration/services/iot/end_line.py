"""A line of a thing ends: its number rests before anybody else gets it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_iot_line
from registration.models import IotLine
from registration.services.iot.ask_use import require_clerk
from registration.services.iot.drop_rechecks import drop_rechecks
from registration.services.rest_number import rest_number
from registration.states import EndReason, LineStatus


@transaction.atomic
def end_iot_line(*, actor: Actor, line_id: UUID, reason: EndReason) -> IotLine:
    """End it, for its organisation. Done twice it is the same end.

    From `ended_at` on its place in the use is free, and the retention of the organisation's papers runs (R-06). Raises IotRefused,
    IotLine.DoesNotExist where it is another clerk's.
    """
    require_clerk(actor)
    line = lock_iot_line(line_id)
    if str(line.use.entered_by_id) != actor.id:
        raise IotLine.DoesNotExist
    if line.status == LineStatus.TERMINATED:
        return line
    line.move(to=LineStatus.TERMINATED)
    line.ended_at, line.end_reason = timezone.now(), reason
    line.save(update_fields=["status", "ended_at", "end_reason"])
    drop_rechecks(actor=actor, line=line)
    resting = rest_number(line)
    record(
        "iot_line.terminated",
        actor=actor,
        subject=line,
        related=line.use,
        person_id=line.end_person_id,
        reason=reason,
        data={"quarantine_days": resting},
    )
    return line
