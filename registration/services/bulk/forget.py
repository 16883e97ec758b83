"""What nobody confirms or answers is forgotten, and what a row says once its application is over."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.bulk.outcomes import Outcome
from registration.locks import lock_bulk_row
from registration.models import BulkImport, BulkRow
from registration.policy import BULK_CONFIRM_HOURS
from registration.services.bulk.take_in import cancel_bulk_import
from registration.states import ApplicationStatus, BulkStatus

# what one run of a sweeper looks at
SWEPT = 500


def forget_what_is_over() -> int:
    """Lists nobody confirmed, invitations nobody answered, and rows whose application is over; answers how many it found."""
    now = timezone.now()
    unconfirmed = BulkImport.objects.filter(
        status=BulkStatus.UPLOADED, created_at__lt=now - timedelta(hours=policy.value(BULK_CONFIRM_HOURS))
    )
    stale = list(unconfirmed.values_list("pk", flat=True)[:SWEPT])
    for import_id in stale:
        cancel_bulk_import(actor=SYSTEM, staff=None, import_id=import_id)
    kept = BulkRow.objects.invited()
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
    BulkRow.objects.filter(pk=row.pk).update(outcome=row.outcome, **BulkRow.forgotten())
