"""A reviewer who did not ask for a use of lines of things approves, rejects or closes it; of high risk two approve (R-19)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import ORGANISATION_JUDGES
from registration.errors import IotRefused
from registration.iot.assessment import granted
from registration.locks import lock_iot_use, lock_organisation
from registration.models import IotUse
from registration.services.iot.ask_use import assessment_data, put_assessment
from registration.states import IotGrant, IotLevel, IotReason, IotUseStatus, OrganisationStatus

AGAINST = {
    IotUseStatus.REJECTED: {IotReason.PURPOSE_UNCLEAR, IotReason.LIMITS_UNFIT, IotReason.RISK, IotReason.MISUSE},
    IotUseStatus.CLOSED: {IotReason.MISUSE, IotReason.NOT_NEEDED, IotReason.RISK},
}


def approve_iot_use(*, actor: Actor, use_id: UUID) -> IotUse:
    """Approve it, as it is assessed now. A first reviewer's approval of high risk waits for a second.

    Raises IotRefused (not theirs; critical; nothing left to grant; the organisation; assessed otherwise than before: that result is
    kept and to be looked at), TransitionNotAllowed.
    """
    with transaction.atomic():
        use = _taken(actor, use_id)
        use.machine.check(use.status, IotUseStatus.APPROVED)
        if use.organisation.status != OrganisationStatus.APPROVED:
            raise IotRefused("iot_organisation")
        changed = _assessed_anew(actor, use)
        if not changed:
            return _approved(actor, use)
    # outside: the new result must outlive the refusal
    raise IotRefused("iot_changed")


@transaction.atomic
def reject_iot_use(*, actor: Actor, use_id: UUID, reason: IotReason) -> IotUse:
    """It is over. Raises IotRefused (not theirs to do; reason), TransitionNotAllowed."""
    return _against(actor, _taken(actor, use_id), IotUseStatus.REJECTED, reason, "iot_use.rejected")


@transaction.atomic
def close_iot_use(*, actor: Actor, use_id: UUID, reason: IotReason) -> IotUse:
    """No new line of it is activated; those in use stay. Raises IotRefused (not theirs to do; reason), TransitionNotAllowed."""
    return _against(actor, _taken(actor, use_id), IotUseStatus.CLOSED, reason, "iot_use.closed")


def require_reviewer(actor: Actor) -> None:
    """Raises IotRefused unless a reviewer acts."""
    if actor.kind != "staff" or actor.role not in ORGANISATION_JUDGES:
        raise IotRefused("iot_reviewers_only")


def _taken(actor: Actor, use_id: UUID) -> IotUse:
    require_reviewer(actor)
    organisation_id = IotUse.objects.values_list("organisation", flat=True).get(pk=use_id)
    organisation = lock_organisation(organisation_id)
    use = lock_iot_use(use_id)
    use.organisation = organisation
    if str(use.entered_by_id) == actor.id:
        raise IotRefused("iot_own")
    return use


def _assessed_anew(actor: Actor, use: IotUse) -> bool:
    """Has it another level now than whoever judges it was shown? Then that stands from here on, and a first approval is void."""
    before = use.level
    put_assessment(use)
    if use.level == before:
        return False
    use.status, use.first_approved_by = IotUseStatus.PENDING, None
    use.save(update_fields=["points", "level", "reasons", "policy_version", "status", "first_approved_by"])
    record("iot_use.assessed", actor=actor, subject=use, data={**assessment_data(use), "before": before})
    return True


def _approved(actor: Actor, use: IotUse) -> IotUse:
    if use.level == IotLevel.CRITICAL:
        raise IotRefused("iot_critical")
    if not use.apn and all(granted(use, function) == IotGrant.NONE for function in ("voice", "sms")):
        raise IotRefused("iot_nothing_left")
    if use.level == IotLevel.HIGH and use.status == IotUseStatus.PENDING:
        use.move(to=IotUseStatus.SECOND)
        use.first_approved_by_id = actor.id
        event = "iot_use.first_approved"
    else:
        if str(use.first_approved_by_id) == actor.id:
            raise IotRefused("iot_second_person")
        use.move(to=IotUseStatus.APPROVED)
        use.judged_at = timezone.now()
        event = "iot_use.approved"
    use.save(update_fields=["status", "first_approved_by", "judged_at", "points", "reasons", "policy_version"])
    record(event, actor=actor, subject=use, data=assessment_data(use))
    return use


def _against(actor: Actor, use: IotUse, to: IotUseStatus, reason: IotReason, event: str) -> IotUse:
    if reason not in AGAINST[to]:
        raise IotRefused("iot_reason")
    use.move(to=to)
    use.reason, use.judged_at = reason, timezone.now()
    use.save(update_fields=["status", "reason", "judged_at"])
    record(event, actor=actor, subject=use, reason=reason)
    return use
