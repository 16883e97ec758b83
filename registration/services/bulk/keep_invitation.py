"""The draft of an invited person gives way to their older application: that is the invitation's from now on, where it can be."""

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_bulk_row
from registration.models import Application, BulkRow
from registration.services.bulk.accept_invitation import fits


def keep_invitation(*, actor: Actor, draft: Application, older: Application) -> None:
    """Call with both applications locked, before the draft ends.

    The older one can not be the invitation's where it is handed in, is another organisation's, or names somebody else: then it stays
    what it was, and the invitation is open again.
    """
    for row_id in draft.bulk_rows.filter(name__isnull=False).values_list("pk", flat=True):
        row = lock_bulk_row(row_id)
        if row.application_id != draft.pk or row.name is None:
            continue
        if _can_be_its(row, draft, older):
            _hand_on(actor=actor, row=row, draft=draft, older=older)
        else:
            BulkRow.objects.filter(pk=row.pk).update(application=None)
            record("bulk_row.reopened", actor=actor, subject=row, related=row.bulk_import)


def _can_be_its(row: BulkRow, draft: Application, older: Application) -> bool:
    if not older.editable or older.organisation_id not in (None, draft.organisation_id):
        return False
    return not older.details_entered_at or fits(row, older, name=older.name, id_number=older.id_number)


def _hand_on(*, actor: Actor, row: BulkRow, draft: Application, older: Application) -> None:
    BulkRow.objects.filter(pk=row.pk).update(application=older)
    record("bulk_row.accepted", actor=actor, subject=older, person_id=older.person_id, related=row.bulk_import)
    if older.organisation_id is None:
        older.organisation = draft.organisation
        older.save(update_fields=["organisation"])
        record("organisation.named", actor=actor, subject=older, person_id=older.person_id, related=older.organisation)
