"""A reviewer who did not enter an organisation approves or rejects it, and may suspend and reinstate it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import ORGANISATION_JUDGES
from registration.errors import OrganisationRefused
from registration.locks import lock_organisation
from registration.models import Organisation
from registration.services.organisation.papers import current_papers, missing_papers, unseen
from registration.services.organisation.withdraw_correction import withdraw_open
from registration.states import CorrectionStatus, OrganisationReason, OrganisationStatus

_Reason = OrganisationReason
AGAINST = {
    OrganisationStatus.REJECTED: {
        _Reason.LICENCE_UNCLEAR,
        _Reason.RECORD_DIFFERS,
        _Reason.NOT_AUTHORISED,
        _Reason.AGENT_UNPROVEN,
        _Reason.ENDED,
    },
    OrganisationStatus.SUSPENDED: {_Reason.MISUSE, _Reason.ENDED, _Reason.NOT_AUTHORISED},
}


@transaction.atomic
def approve_organisation(*, actor: Actor, organisation_id: UUID) -> Organisation:
    """Lines of it may be activated.

    Raises OrganisationRefused (not theirs; a correction waits; papers missing or not looked at), TransitionNotAllowed.
    """
    organisation = judged_by_another(actor, organisation_id)
    organisation.machine.check(organisation.status, OrganisationStatus.APPROVED)
    if organisation.corrections.filter(status=CorrectionStatus.PROPOSED).exists():
        # what is approved is what stands: whoever says that it is wrong is heard first
        raise OrganisationRefused("organisation_correction_open")
    if organisation.status == OrganisationStatus.SUSPENDED:
        return _moved(actor, organisation, OrganisationStatus.APPROVED, OrganisationReason.CLEARED, "organisation.reinstated")
    if missing_papers(organisation):
        raise OrganisationRefused("organisation_papers")
    if unseen(current_papers(organisation), actor.id):
        raise OrganisationRefused("organisation_unseen")
    return _moved(actor, organisation, OrganisationStatus.APPROVED, "", "organisation.approved")


@transaction.atomic
def reject_organisation(*, actor: Actor, organisation_id: UUID, reason: OrganisationReason) -> Organisation:
    """It may be entered anew. Raises OrganisationRefused (not theirs to do; reason), TransitionNotAllowed."""
    organisation = judged_by_another(actor, organisation_id)
    rejected = _moved(actor, organisation, OrganisationStatus.REJECTED, reason, "organisation.rejected")
    withdraw_open(actor, rejected)
    return rejected


@transaction.atomic
def suspend_organisation(*, actor: Actor, organisation_id: UUID, reason: OrganisationReason) -> Organisation:
    """No new line of it is activated; those in use stay. Raises OrganisationRefused (not theirs to do; reason), TransitionNotAllowed."""
    organisation = judged_by_another(actor, organisation_id)
    return _moved(actor, organisation, OrganisationStatus.SUSPENDED, reason, "organisation.suspended")


def judged_by_another(actor: Actor, organisation_id: UUID) -> Organisation:
    """The organisation, locked, for a reviewer who did not enter it. Raises OrganisationRefused."""
    if actor.kind != "staff" or actor.role not in ORGANISATION_JUDGES:
        raise OrganisationRefused("organisation_reviewers_only")
    organisation = lock_organisation(organisation_id)
    if str(organisation.entered_by_id) == actor.id:
        raise OrganisationRefused("organisation_own")
    return organisation


def _moved(actor: Actor, organisation: Organisation, to: OrganisationStatus, reason: str, event: str) -> Organisation:
    if to in AGAINST and reason not in AGAINST[to]:
        raise OrganisationRefused("organisation_reason")
    organisation.move(to=to)
    organisation.reason, organisation.judged_at = reason, timezone.now()
    organisation.save(update_fields=["status", "reason", "judged_at"])
    record(event, actor=actor, subject=organisation, reason=reason)
    return organisation
