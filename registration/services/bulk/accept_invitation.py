"""An invited person agrees: their application begins, and is held to be theirs and nobody else's."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.ids.names import same_name
from realname.trail import record
from registration.bulk.outcomes import Outcome
from registration.errors import ApplicationIncomplete, BulkRefused
from registration.locks import lock_bulk_row, lock_organisation
from registration.models import Application, BulkRow
from registration.services.start_application import start_application
from registration.states import ApplyChannel, OrganisationStatus


@transaction.atomic
def accept_invitation(*, actor: Actor, row_id: UUID, **choice: Any) -> Application:
    """Begin the application of an invitation, with the person's own consents (R-26); `choice` is what `start_application` takes.

    The organisation becomes the contracting party. Everything else is as for anybody: phone, document, face, registry, limit of lines.
    Raises BulkRefused (invitation_over).
    """
    row = open_invitation(row_id)
    if row is None:
        raise BulkRefused("invitation_over")
    organisation = lock_organisation(row.bulk_import.organisation_id)
    row = lock_bulk_row(row.pk)
    if row.application_id is not None or row.outcome != Outcome.INVITED or organisation.status != OrganisationStatus.APPROVED:
        raise BulkRefused("invitation_over")
    application = start_application(actor=actor, channel=ApplyChannel.BULK, **choice)
    application.organisation = organisation
    application.save(update_fields=["organisation"])
    row.application = application
    row.save(update_fields=["application"])
    record("bulk_row.accepted", actor=actor, subject=application, person_id=application.person_id, related=row.bulk_import)
    record("organisation.named", actor=actor, subject=application, person_id=application.person_id, related=organisation)
    return application


def open_invitation(row_id: UUID) -> BulkRow | None:
    """The invitation, while it can be accepted: in its time, and while its organisation is approved."""
    return BulkRow.objects.open_at(timezone.now()).select_related("bulk_import__organisation").filter(pk=row_id).first()


def require_invited(application: Application, *, name: str, id_number: str) -> None:
    """An organisation pays for whom it named, on the phone it named. Raises ApplicationIncomplete (invited_other).

    Asked when the details are entered and when they are handed in: the phone may have been changed in between. Who answers learns that
    they are not the one who was meant, and nothing of who is.
    """
    if application.organisation_id is None:
        return
    for row in application.bulk_rows.filter(name__isnull=False):
        if not fits(row, application, name=name, id_number=id_number):
            raise ApplicationIncomplete(["details"], "invited_other")


def fits(row: BulkRow, application: Application, *, name: str, id_number: str) -> bool:
    """Is this who the row names, with the application's phone?"""
    return row.id_number == id_number and same_name(row.name, name) and row.phone_index == application.phone_index
