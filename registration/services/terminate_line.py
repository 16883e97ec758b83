"""A line ends: its person's place under the limit is free, and its number rests before anybody else gets it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.errors import KeyErased
from registration.access import require_own_line
from registration.locks import lock_line, lock_stock
from registration.models import Line
from registration.policy import QUARANTINE_DAYS
from registration.states import EndReason, LineStatus, NumberStatus


@transaction.atomic
def terminate_line(*, actor: Actor, line_id: UUID, reason: EndReason) -> Line:
    """End a line, by its holder or by staff. Done twice it is the same end.

    From `ended_at` on its place under the line limit is free (R-13) and the retention of its person's data runs (R-06).
    Raises Line.DoesNotExist, also for a person whose line it is not.
    """
    line = lock_line(line_id)
    require_own_line(actor, line)
    if line.status == LineStatus.TERMINATED:
        return line
    line.move(to=LineStatus.TERMINATED)
    line.ended_at, line.end_reason = timezone.now(), reason
    line.save(update_fields=["status", "ended_at", "end_reason"])
    resting = _quarantine(line)
    record("line.terminated", actor=actor, subject=line, person_id=line.person_id, reason=reason, data={"quarantine_days": resting})
    return line


def _quarantine(line: Line) -> int | None:
    """Let the number of a line that ended rest; answers for how many days.

    Whose data were erased while they held a line has a number that nobody can name any more: it stays in use for good, so that it
    is given to nobody.
    """
    try:
        number = lock_stock(line.number)[line.number]
    except KeyErased:
        return None
    days = policy.value(QUARANTINE_DAYS)
    number.move(to=NumberStatus.QUARANTINE)
    number.freed_on = timezone.localdate()
    number.quarantine_until = number.freed_on + timedelta(days=days)
    number.save(update_fields=["status", "freed_on", "quarantine_until"])
    return days
