"""The rows of a confirmed list are taken over from its file: some at a time, and each once."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail import record
from realname.vault.blind_index import blind_index
from realname.vault.errors import FileMissing, KeyErased
from realname.vault.files import erase_file, read_file
from registration.bulk.rows import Judged, RawRow
from registration.bulk.table import read_table
from registration.models import BulkImport, BulkRow
from registration.services.bulk.hold import hold_import
from registration.services.bulk.take_in import judge_all
from registration.states import BulkStatus

# rows of one transaction and one statement: a fraction of a second, in which a cancellation waits
CHUNK = 500


def take_over(*, import_id: UUID) -> bool:
    """A row for every row of the file; answers whether there is more to do with the list.

    The file is read and judged with nothing held, the rows are written in short transactions. Who comes after a death, or beside
    another, goes on behind the last row that was written.
    """
    try:
        judged = _judged(BulkImport.objects.select_related("file").get(pk=import_id))
    except (KeyErased, FileMissing):
        # another one took over its last rows, or it was cancelled, since we looked
        if BulkImport.objects.get(pk=import_id).status == BulkStatus.CONFIRMED:
            raise
        return True
    while _take_over_next(import_id=import_id, judged=judged):
        pass
    return BulkImport.objects.get(pk=import_id).status == BulkStatus.WORKING


def _judged(bulk_import: BulkImport) -> list[tuple[RawRow, Judged]]:
    return list(judge_all(read_table(read_file(bulk_import.file), encoding=bulk_import.encoding), bulk_import.columns))


@transaction.atomic
def _take_over_next(*, import_id: UUID, judged: list[tuple[RawRow, Judged]]) -> bool:
    """The rows behind those that are there; with the last ones the file goes. Answers whether rows are left."""
    bulk_import = hold_import(import_id, status=BulkStatus.CONFIRMED)
    if bulk_import is None:
        return False
    last = bulk_import.rows.aggregate(last=Max("number"))["last"] or 0
    left = [(raw, each) for raw, each in judged if raw.number > last]
    BulkRow.objects.bulk_create([_row(bulk_import, raw, each) for raw, each in left[:CHUNK]])
    bulk_import.touched_at = timezone.now()
    if len(left) <= CHUNK:
        erase_file(bulk_import.file)
        bulk_import.move(to=BulkStatus.WORKING)
        faults = Counter(str(each.outcome) for _, each in judged if each.outcome)
        record("bulk_import.taken_over", actor=SYSTEM, subject=bulk_import, data={"rows": len(judged), "faults": dict(faults)})
    bulk_import.save(update_fields=["touched_at", "status"])
    return len(left) > CHUNK


def _row(bulk_import: BulkImport, raw: RawRow, judged: Judged) -> BulkRow:
    """Of a bad row nothing is kept but that it was bad."""
    if judged.outcome:
        return BulkRow(bulk_import=bulk_import, number=raw.number, outcome=judged.outcome)
    key = blind_index("bulk_row.key", "\0".join((str(bulk_import.organisation_id), judged.id_number, judged.phone)))
    return BulkRow(bulk_import=bulk_import, number=raw.number, name=judged.name, id_number=judged.id_number, phone=judged.phone, key=key)
