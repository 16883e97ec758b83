"""A confirmed list is worked through, some rows at a time; what nobody answers is forgotten."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from realname.vault.blind_index import blind_index
from realname.vault.files import erase_file, read_file
from registration.bulk.outcomes import Outcome
from registration.bulk.table import read_table
from registration.locks import lock_bulk_import, lock_bulk_row, lock_organisation
from registration.models import BulkImport, BulkRow
from registration.policy import BULK_CONFIRM_HOURS, BULK_INVITATION_DAYS
from registration.services.bulk.invite import KIND
from registration.services.bulk.take_in import cancel_bulk_import, judge_all
from registration.services.send_message import send_message
from registration.states import ApplicationStatus, BulkStatus, OrganisationStatus

# rows of one transaction: a fraction of a second, in which a cancellation waits
CHUNK = 50
# rows written by one statement
BATCH = 1_000
# what one run of a sweeper looks at
SWEPT = 500


@transaction.atomic
def work_through(*, import_id: UUID) -> bool:
    """Take over the rows, or invite the people of the next ones; answers whether there is more to do.

    One transaction: a death in it leaves everything as it was, so that each row is done once. Safe to call twice, late, or by two
    at once: the second waits and goes on behind the first.
    """
    bulk_import = lock_bulk_import(import_id)
    if bulk_import.status not in (BulkStatus.CONFIRMED, BulkStatus.WORKING):
        return False
    if lock_organisation(bulk_import.organisation_id).status != OrganisationStatus.APPROVED:
        # suspended since it was confirmed: nobody more is invited, and nothing is kept of whom it named
        cancel_bulk_import(actor=SYSTEM, staff=None, import_id=import_id)
        return False
    if bulk_import.status == BulkStatus.CONFIRMED:
        _take_over(bulk_import)
    else:
        _invite_next(bulk_import)
    bulk_import.touched_at = timezone.now()
    bulk_import.save(update_fields=["touched_at", "status", "ended_at"])
    return bulk_import.status == BulkStatus.WORKING


def _take_over(bulk_import: BulkImport) -> None:
    """A row for every row of the file. Of a bad one nothing is kept but that it was bad, and of the file nothing at all."""
    table = read_table(read_file(bulk_import.file), encoding=bulk_import.encoding)
    rows = [
        BulkRow(
            bulk_import=bulk_import,
            number=raw.number,
            outcome=judged.outcome or "",
            name=judged.name or None,
            id_number=judged.id_number or None,
            phone=judged.phone or None,
            key="" if judged.outcome else _key(bulk_import, judged.id_number, judged.phone),
        )
        for raw, judged in judge_all(table)
    ]
    BulkRow.objects.bulk_create(rows, batch_size=BATCH)
    erase_file(bulk_import.file)
    bulk_import.move(to=BulkStatus.WORKING)


def _key(bulk_import: BulkImport, id_number: str, phone: str) -> str:
    return blind_index("bulk_row.key", "\0".join((str(bulk_import.organisation_id), id_number, phone)))


def _invite_next(bulk_import: BulkImport) -> None:
    chunk = list(bulk_import.rows.pending()[:CHUNK])
    # in the order of their keys: two lists with the same people wait for each other, and never crosswise
    for row in sorted(chunk, key=lambda row: row.key):
        _invite(row)
    if len(chunk) < CHUNK:
        bulk_import.move(to=BulkStatus.DONE)
        bulk_import.ended_at = timezone.now()
        record("bulk_import.done", actor=SYSTEM, subject=bulk_import, data={"outcomes": outcomes_of(bulk_import)})


def _invite(row: BulkRow) -> None:
    now = timezone.now()
    row.outcome, row.invited_at = Outcome.INVITED, now
    row.expires_at = now + timedelta(days=policy.value(BULK_INVITATION_DAYS))
    try:
        with transaction.atomic():
            row.save(update_fields=["outcome", "invited_at", "expires_at"])
    except IntegrityError:
        # bulk_row_invited_once: the organisation invited this person in another list
        row.outcome, row.invited_at, row.expires_at = Outcome.ALREADY_INVITED, None, None
        row.forget()
        row.save(update_fields=["outcome", "invited_at", "expires_at", "name", "id_number", "phone", "phone_index"])
        return
    record("bulk_row.invited", actor=SYSTEM, subject=row, related=row.bulk_import)
    send_message(kind=KIND, about=row.pk, person_id=None)


def outcomes_of(bulk_import: BulkImport) -> dict[str, int]:
    """How many rows have which outcome; those not reached yet under the empty one."""
    counted = bulk_import.rows.order_by().values_list("outcome").annotate(Count("pk"))
    return dict(counted)


def forget_what_is_over() -> int:
    """Lists nobody confirmed, invitations nobody answered, and rows whose application is over; answers how many it found."""
    now = timezone.now()
    unconfirmed = BulkImport.objects.filter(
        status=BulkStatus.UPLOADED, created_at__lt=now - timedelta(hours=policy.value(BULK_CONFIRM_HOURS))
    )
    stale = list(unconfirmed.values_list("pk", flat=True)[:SWEPT])
    for import_id in stale:
        cancel_bulk_import(actor=SYSTEM, staff=None, import_id=import_id)
    kept = BulkRow.objects.filter(outcome=Outcome.INVITED, name__isnull=False)
    unanswered = kept.filter(application__isnull=True, expires_at__lt=now)
    over = kept.filter(application__isnull=False).exclude(application__status__in=ApplicationStatus.open())
    rows = [*unanswered.values_list("pk", flat=True)[:SWEPT], *over.values_list("pk", flat=True)[:SWEPT]]
    for row_id in rows:
        _forget(row_id)
    return len(stale) + len(rows)


@transaction.atomic
def _forget(row_id: UUID) -> None:
    row = lock_bulk_row(row_id)
    if row.name is None:
        return
    if row.application_id is None:
        if row.expires_at > timezone.now():
            return
        row.outcome = Outcome.EXPIRED
        record("bulk_row.expired", actor=SYSTEM, subject=row, related=row.bulk_import)
    row.forget()
    row.save(update_fields=["outcome", "name", "id_number", "phone", "phone_index"])
