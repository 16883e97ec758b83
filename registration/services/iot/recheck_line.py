"""A stopped line of a thing is checked again: a clerk states what happened, a reviewer lifts it or not (R-19, R-21, R-29)."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.ids import imei as imeis
from realname.trail import record
from registration.errors import IotRefused
from registration.locks import lock_iot_line, lock_recheck
from registration.models import IotLine, IotRecheck
from registration.services.iot.ask_use import require_clerk
from registration.services.iot.judge_use import require_reviewer
from registration.states import IotBinding, LineStatus, RecheckStatus

SHORTEST, LONGEST = 10, 500


def ask_recheck(*, actor: Actor, line_id: UUID, statement: str, new_imei: str = "") -> IotRecheck:
    """Ask for it, once at a time; `new_imei` where the card is in another device for a good reason.

    Raises IotRefused (not theirs to do; not stopped; waits already; statement; device), InvalidImei, IotLine.DoesNotExist.
    """
    require_clerk(actor)
    statement = " ".join(statement.split())
    if not SHORTEST <= len(statement) <= LONGEST or not statement.isprintable():
        raise IotRefused("iot_recheck_statement")
    with transaction.atomic():
        line = lock_iot_line(line_id)
        if str(line.use.entered_by_id) != actor.id:
            raise IotLine.DoesNotExist
        if line.status not in (LineStatus.RESTRICTED, LineStatus.SUSPENDED):
            raise IotRefused("iot_line_not_stopped")
        if line.rechecks.filter(status=RecheckStatus.OPEN).exists():
            raise IotRefused("iot_recheck_open")
        recheck = IotRecheck(line=line, statement=statement, asked_by_id=actor.id, new_imei=_new_device(line, new_imei))
        recheck.save(force_insert=True)
        record("iot_line.recheck_asked", actor=actor, subject=line, related=recheck, data={"other_device": bool(recheck.new_imei)})
    return recheck


def lift_iot_line(*, actor: Actor, recheck_id: UUID) -> IotLine:
    """Serve it again at once, in the device that was stated; its breaks and data are counted anew from here.

    Raises IotRefused (not theirs to do; judged before; ended; the device has another line).
    """
    try:
        with transaction.atomic():
            line, recheck = _taken(actor, recheck_id, RecheckStatus.LIFTED)
            line.move(to=LineStatus.ACTIVE)
            line.lifted_at, line.stop_reason, line.stopped_at = timezone.now(), "", None
            if recheck.new_imei:
                line.imei = recheck.new_imei
            line.save(update_fields=["status", "lifted_at", "stop_reason", "stopped_at", "imei", "imei_index"])
            record("iot_line.lifted", actor=actor, subject=line, related=recheck, data={"other_device": bool(recheck.new_imei)})
    except IntegrityError as error:
        if "iot_line_once_per_device" in str(error):
            raise IotRefused("iot_imei_taken") from None
        raise
    return line


@transaction.atomic
def refuse_recheck(*, actor: Actor, recheck_id: UUID) -> IotLine:
    """It stays as it is; another re-check may be asked for. Raises IotRefused (not theirs to do; judged before; ended)."""
    line, recheck = _taken(actor, recheck_id, RecheckStatus.REFUSED)
    record("iot_line.recheck_refused", actor=actor, subject=line, related=recheck, person_id=line.end_person_id)
    return line


def _new_device(line: IotLine, text: str) -> str | None:
    if not text.strip():
        return None
    if line.binding != IotBinding.DEVICE:
        raise IotRefused("iot_card_form")
    device = imeis.parse(text)
    if device[: imeis.TAC] not in line.tacs:
        raise IotRefused("iot_imei_model")
    return device


def _taken(actor: Actor, recheck_id: UUID, to: RecheckStatus) -> tuple[IotLine, IotRecheck]:
    """The line and its re-check, locked and judged."""
    require_reviewer(actor)
    line = lock_iot_line(IotRecheck.objects.values_list("line", flat=True).get(pk=recheck_id))
    recheck = lock_recheck(recheck_id)
    recheck.line = line
    if recheck.status != RecheckStatus.OPEN:
        raise IotRefused("iot_recheck_over")
    if line.status not in (LineStatus.RESTRICTED, LineStatus.SUSPENDED):
        raise IotRefused("iot_line_not_stopped")
    recheck.move(to=to)
    recheck.judged_at = timezone.now()
    recheck.save(update_fields=["status", "judged_at"])
    return line, recheck
