"""A line ends: its person's place under the limit is free, and its number rests before anybody else gets it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.masking import mask_phone
from realname.trail import record
from realname.vault.erase import is_erased
from registration.access import require_own_line
from registration.inbox import LINE_ENDED, LINE_HANDED_ON
from registration.locks import lock_identity, lock_line, lock_stock
from registration.models import Line
from registration.services.account.freeze_person import freeze_after_service
from registration.services.account.notify_person import notify_person
from registration.services.rest_number import rest_number
from registration.states import EndReason, LineStatus


@transaction.atomic
def terminate_line(*, actor: Actor, line_id: UUID, reason: EndReason) -> Line:
    """End a line, by its holder or by staff. Done twice it is the same end.

    From `ended_at` on its place under the line limit is free (R-13) and the retention of its person's data runs (R-06); with the last
    line their data are frozen (R-28). The person is told. Raises Line.DoesNotExist, also for a person whose line it is not.
    """
    _lock_holder(line_id)
    line = lock_line(line_id)
    require_own_line(actor, line)
    if line.status == LineStatus.TERMINATED:
        return line
    _end(line, reason)
    _tell(actor, line, LINE_ENDED, quarantine_days=rest_number(line))
    return line


def give_up_number(*, actor: Actor, line: Line) -> str:
    """End a line whose number another user of its organisation gets at once: it does not rest. Answers the number.

    Call with the line and its holder's identity locked. Raises KeyErased.
    """
    number = line.number
    _end(line, EndReason.USER_REPLACED)
    row = lock_stock(number)[number]
    # whoever asks since when it is this user's is told that it changed hands
    row.freed_on = timezone.localdate()
    row.save(update_fields=["freed_on"])
    _tell(actor, line, LINE_HANDED_ON, quarantine_days=0)
    return number


def _end(line: Line, reason: EndReason) -> None:
    line.move(to=LineStatus.TERMINATED)
    line.ended_at, line.end_reason = timezone.now(), reason
    line.save(update_fields=["status", "ended_at", "end_reason"])


def _tell(actor: Actor, line: Line, notice: str, *, quarantine_days: int | None) -> None:
    data = {"quarantine_days": quarantine_days}
    record("line.terminated", actor=actor, subject=line, person_id=line.person_id, reason=line.end_reason, data=data)
    if not is_erased(line.person_id):
        notify_person(person_id=line.person_id, kind=notice, facts={"number": mask_phone(line.number)})
        freeze_after_service(person_id=line.person_id)


def _lock_holder(line_id: UUID) -> None:
    """The identity of its holder: a line of theirs that is activated meanwhile is seen, or sees what this end did."""
    index = Line.objects.filter(pk=line_id).values_list("person__id_number_index", flat=True).first()
    if index:
        lock_identity(index)
