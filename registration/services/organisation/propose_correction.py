"""A clerk says what is to be true of an organisation instead of what was entered."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import OrganisationRefused
from registration.locks import lock_organisation
from registration.models import Organisation, OrganisationCorrection
from registration.services.organisation.facts import AGENT, PROOF, facts_of, in_form, written
from registration.services.organisation.papers import needed_papers
from registration.services.organisation.register_organisation import require_clerk
from registration.states import CorrectionStatus, OrganisationImageKind, OrganisationReason, OrganisationStatus

_OF_AGENT = (OrganisationImageKind.AGENT_FRONT, OrganisationImageKind.AGENT_BACK)


@transaction.atomic
def propose_correction(
    *,
    actor: Actor,
    organisation_id: UUID,
    changes: dict[str, Any],
    agent_replaced: bool = False,
    anew: Iterable[OrganisationImageKind] = (),
) -> OrganisationCorrection:
    """What shall be (`changes`, some of facts.FACTS), and which papers are photographed anew besides those that prove it.

    Nothing of it is true before a reviewer accepts it. But an agent who is replaced acts for the organisation no more from now on:
    it is suspended until the new one is accepted. Raises OrganisationRefused (not theirs to do; over; one waits already; nothing is
    different; what in_form says), DocumentUnknown, DetailInvalid.
    """
    require_clerk(actor)
    organisation = lock_organisation(organisation_id)
    if organisation.status in OrganisationStatus.over():
        raise OrganisationRefused("organisation_over")
    if organisation.corrections.filter(status=CorrectionStatus.PROPOSED).exists():
        raise OrganisationRefused("organisation_correction_open")
    proposed = _differences(organisation, changes)
    if agent_replaced and not {"agent_name", "agent_id_number"} & set(proposed):
        raise OrganisationRefused("organisation_same_agent")
    papers = _papers(organisation, proposed, anew)
    if not papers:
        raise OrganisationRefused("organisation_nothing_different")
    correction = OrganisationCorrection.objects.create(
        organisation=organisation, proposed=written(proposed), agent_replaced=agent_replaced, papers=papers, proposed_by_id=actor.id
    )
    if agent_replaced:
        _stop(actor, organisation)
    record(
        "organisation.correction_proposed",
        actor=actor,
        subject=organisation,
        data={"correction": str(correction.pk), "facts": sorted(proposed), "papers": papers, "agent_replaced": agent_replaced},
    )
    return correction


def _differences(organisation: Organisation, changes: dict[str, Any]) -> dict[str, Any]:
    now = facts_of(organisation)
    then = in_form(now | changes)
    return {name: value for name, value in then.items() if value != now[name]}


def _papers(organisation: Organisation, proposed: dict[str, Any], anew: Iterable[OrganisationImageKind]) -> list[str]:
    """The kinds to photograph, in their order."""
    would_be = Organisation(agent_document_type=proposed.get("agent_document_type", organisation.agent_document_type))
    proving = {kind for name in proposed for kind in PROOF[name]} | set(anew)
    if any(name in proposed for name in AGENT):
        proving |= set(_OF_AGENT)
    return [str(kind) for kind in needed_papers(would_be) if kind in proving]


def _stop(actor: Actor, organisation: Organisation) -> None:
    """An approved organisation has nobody who acts for it any more; one suspended for something worse stays so."""
    if organisation.status != OrganisationStatus.APPROVED:
        return
    organisation.move(to=OrganisationStatus.SUSPENDED)
    organisation.reason, organisation.judged_at = OrganisationReason.AGENT_REPLACED, timezone.now()
    organisation.save(update_fields=["status", "reason", "judged_at"])
    record("organisation.suspended", actor=actor, subject=organisation, reason=OrganisationReason.AGENT_REPLACED)
