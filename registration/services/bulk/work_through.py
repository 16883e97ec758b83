"""A confirmed list is worked through: its rows are taken over, and then their people invited, some at a time."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record, record_each
from registration.bulk.outcomes import Outcome
from registration.models import BulkImport, BulkRow
from registration.policy import BULK_INVITATION_DAYS
from registration.services.bulk.hold import hold_import
from registration.services.bulk.invite import KIND
from registration.services.bulk.take_over import take_over
from registration.services.send_message import send_messages
from registration.states import BulkStatus

# people invited in one transaction: a fraction of a second, in which a cancellation and the organisation's people wait
CHUNK = 250


def work_through(*, import_id: UUID) -> bool:
    """Take over the rows, or invite the people of the next ones; answers whether there is more to do.

    Each transaction leaves the list between two rows, so that whatever a death interrupts is done once, by who comes next. Safe to
    call twice, late, or by two at once: the second waits and goes on behind the first.
    """
    if BulkImport.objects.get(pk=import_id).status == BulkStatus.CONFIRMED:
        return take_over(import_id=import_id)
    return _invite_next(import_id=import_id)


@transaction.atomic
def _invite_next(*, import_id: UUID) -> bool:
    bulk_import = hold_import(import_id, status=BulkStatus.WORKING)
    if bulk_import is None:
        return False
    chunk = list(bulk_import.rows.pending().only("bulk_import", "key")[:CHUNK])
    if chunk:
        _invite(bulk_import, chunk)
    bulk_import.touched_at = timezone.now()
    if len(chunk) < CHUNK:
        bulk_import.move(to=BulkStatus.DONE)
        bulk_import.ended_at = bulk_import.touched_at
        record("bulk_import.done", actor=SYSTEM, subject=bulk_import, data={"outcomes": outcomes_of(bulk_import)})
    bulk_import.save(update_fields=["touched_at", "status", "ended_at"])
    return bulk_import.status == BulkStatus.WORKING


def _invite(bulk_import: BulkImport, chunk: list[BulkRow]) -> None:
    """Each once: whom the organisation invited in another list is left out, and its lock keeps other lists from inviting meanwhile."""
    known = set(BulkRow.objects.invited().filter(key__in=[row.key for row in chunk]).values_list("key", flat=True))
    again = [row.pk for row in chunk if row.key in known]
    invited = [row for row in chunk if row.key not in known]
    BulkRow.objects.filter(pk__in=again).update(outcome=Outcome.ALREADY_INVITED, **BulkRow.forgotten())
    now = timezone.now()
    until = now + timedelta(days=policy.value(BULK_INVITATION_DAYS))
    BulkRow.objects.filter(pk__in=[row.pk for row in invited]).update(outcome=Outcome.INVITED, invited_at=now, expires_at=until)
    record_each("bulk_row.invited", actor=SYSTEM, subjects=invited, related=bulk_import)
    send_messages(kind=KIND, abouts=[row.pk for row in invited])


def outcomes_of(bulk_import: BulkImport) -> dict[str, int]:
    """How many rows have which outcome; those not reached yet under the empty one."""
    counted = bulk_import.rows.order_by().values_list("outcome").annotate(Count("pk"))
    return dict(counted)
