"""A correction that waits is taken back: by the clerk who proposed it, or since the organisation is over."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_organisation
from registration.models import Organisation, OrganisationCorrection
from registration.services.organisation.register_organisation import require_clerk
from registration.states import CorrectionStatus


@transaction.atomic
def withdraw_correction(*, actor: Actor, organisation_id: UUID) -> OrganisationCorrection | None:
    """Take back what waits; nothing where nothing does. An agent who was stopped by it stays stopped until a reviewer reinstates.

    Raises OrganisationRefused (not theirs to do), Organisation.DoesNotExist.
    """
    require_clerk(actor)
    return withdraw_open(actor, lock_organisation(organisation_id))


def withdraw_open(actor: Actor, organisation: Organisation) -> OrganisationCorrection | None:
    """The same, with the organisation locked."""
    correction = organisation.corrections.filter(status=CorrectionStatus.PROPOSED).first()
    if correction is not None:
        correction.move(to=CorrectionStatus.WITHDRAWN)
        correction.save(update_fields=["status"])
        record("organisation.correction_withdrawn", actor=actor, subject=organisation, data={"correction": str(correction.pk)})
    return correction
