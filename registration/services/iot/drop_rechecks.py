"""A re-check that waits is over where its line was stopped anew or has ended: what was stated is not about how things stand."""

from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.models import IotLine
from registration.states import RecheckStatus

# why a re-check was refused by nobody's judgement
OVERTAKEN = "overtaken"


def drop_rechecks(*, actor: Actor, line: IotLine) -> None:
    """With the line locked, in the transaction of what overtook it."""
    for recheck in line.rechecks.filter(status=RecheckStatus.OPEN):
        recheck.move(to=RecheckStatus.REFUSED)
        recheck.judged_at = timezone.now()
        recheck.save(update_fields=["status", "judged_at"])
        record("iot_line.recheck_refused", actor=actor, subject=line, related=recheck, person_id=line.end_person_id, reason=OVERTAKEN)
