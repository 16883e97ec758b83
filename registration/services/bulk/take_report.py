"""The clerk takes the report on a list away."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from registration.access import require_own_bulk_import
from registration.locks import lock_bulk_import


@transaction.atomic
def take_report(*, actor: Actor, staff: Staff, import_id: UUID) -> list[tuple[int, str]]:
    """Row number and outcome code of each row so far. Raises BulkImport.DoesNotExist (not theirs)."""
    bulk_import = lock_bulk_import(import_id)
    require_own_bulk_import(staff, bulk_import)
    rows = list(bulk_import.rows.order_by("number").values_list("number", "outcome"))
    record("bulk_import.report_taken", actor=actor, subject=bulk_import, data={"rows": len(rows)})
    return rows
