"""A list of people is held while something is done with it, if it still may be."""

from uuid import UUID

from realname.access.actor import SYSTEM
from registration.locks import lock_bulk_import, lock_organisation
from registration.models import BulkImport
from registration.services.bulk.take_in import cancel_bulk_import
from registration.states import BulkStatus, OrganisationStatus


def hold_import(import_id: UUID, *, status: BulkStatus) -> BulkImport | None:
    """The list and its organisation, locked until the transaction ends; None where it stands otherwise by now.

    Where the organisation was suspended since, nobody more is invited in its name and nothing is kept of whom it named: the list is
    cancelled.
    """
    bulk_import = lock_bulk_import(import_id)
    if bulk_import.status != status:
        return None
    if lock_organisation(bulk_import.organisation_id).status != OrganisationStatus.APPROVED:
        cancel_bulk_import(actor=SYSTEM, staff=None, import_id=import_id)
        return None
    return bulk_import
