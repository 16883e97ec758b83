"""A reviewer who did not propose it accepts or refuses a correction of an organisation."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import OrganisationRefused
from registration.locks import lock_correction
from registration.models import Organisation, OrganisationCorrection
from registration.services.organisation.facts import facts_of, read, written
from registration.services.organisation.judge_organisation import judged_by_another
from registration.services.organisation.papers import missing_proof, unseen
from registration.states import CorrectionStatus, OrganisationReason, OrganisationStatus

AGAINST_CORRECTION = (
    OrganisationReason.LICENCE_UNCLEAR,
    OrganisationReason.RECORD_DIFFERS,
    OrganisationReason.NOT_AUTHORISED,
    OrganisationReason.AGENT_UNPROVEN,
)


@transaction.atomic
def accept_correction(*, actor: Actor, correction_id: UUID) -> OrganisationCorrection:
    """From now on it is true; what was true until now is kept with it. A new agent ends the suspension their coming began.

    Raises OrganisationRefused (not theirs; papers missing or not looked at), TransitionNotAllowed.
    """
    organisation, correction = _taken(actor, correction_id)
    correction.machine.check(correction.status, CorrectionStatus.ACCEPTED)
    if missing_proof(correction):
        raise OrganisationRefused("organisation_correction_papers")
    if unseen(correction.images.all(), actor.id):
        raise OrganisationRefused("organisation_unseen")
    proposed = read(correction.proposed)
    correction.before = written(facts_of(organisation))
    _judged(actor, correction, CorrectionStatus.ACCEPTED)
    for name, value in proposed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=sorted(proposed))
    data = {"correction": str(correction.pk), "facts": sorted(proposed), "papers": correction.papers}
    record("organisation.corrected", actor=actor, subject=organisation, data=data)
    if correction.agent_replaced:
        _let_go_on(actor, organisation)
    return correction


@transaction.atomic
def refuse_correction(*, actor: Actor, correction_id: UUID, reason: OrganisationReason) -> OrganisationCorrection:
    """It stays as it was; an agent who was stopped stays stopped. Raises OrganisationRefused (not theirs; reason), TransitionNotAllowed."""
    if reason not in AGAINST_CORRECTION:
        raise OrganisationRefused("organisation_reason")
    organisation, correction = _taken(actor, correction_id)
    _judged(actor, correction, CorrectionStatus.REFUSED)
    record("organisation.correction_refused", actor=actor, subject=organisation, reason=reason, data={"correction": str(correction.pk)})
    return correction


def _taken(actor: Actor, correction_id: UUID) -> tuple[Organisation, OrganisationCorrection]:
    organisation_id = OrganisationCorrection.objects.values_list("organisation_id", flat=True).get(pk=correction_id)
    organisation = judged_by_another(actor, organisation_id)
    correction = lock_correction(correction_id)
    if str(correction.proposed_by_id) == actor.id:
        raise OrganisationRefused("organisation_own")
    return organisation, correction


def _judged(actor: Actor, correction: OrganisationCorrection, to: CorrectionStatus) -> None:
    correction.move(to=to)
    correction.judged_by_id, correction.judged_at = actor.id, timezone.now()
    correction.save(update_fields=["status", "judged_by", "judged_at", "before"])


def _let_go_on(actor: Actor, organisation: Organisation) -> None:
    """Unless it is suspended for something else."""
    if organisation.status != OrganisationStatus.SUSPENDED or organisation.reason != OrganisationReason.AGENT_REPLACED:
        return
    organisation.move(to=OrganisationStatus.APPROVED)
    organisation.reason, organisation.judged_at = OrganisationReason.CLEARED, timezone.now()
    organisation.save(update_fields=["status", "reason", "judged_at"])
    record("organisation.reinstated", actor=actor, subject=organisation, reason=OrganisationReason.CLEARED)
