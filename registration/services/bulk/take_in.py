"""A clerk uploads a list, looks at what would happen, and confirms or cancels."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.models import Staff
from realname.queue import enqueue
from realname.trail import record
from realname.vault.blind_index import blind_index
from realname.vault.files import erase_file, read_file, write_file
from registration.access import require_own_bulk_import
from registration.bulk.columns import columns_of, folded
from registration.bulk.errors import ColumnsUnknown
from registration.bulk.outcomes import Outcome
from registration.bulk.rows import Judged, RawRow, judged_rows, parted, rows_of
from registration.bulk.table import Cell, Table, read_table
from registration.errors import BulkRefused, OrganisationRefused
from registration.locks import lock_bulk_import, lock_organisation
from registration.models import BulkImport, BulkRow, Organisation
from registration.policy import MINIMUM_AGE
from registration.states import BulkStatus, OrganisationStatus


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen: the first rows, and how many rows have which fault.

    `columns` is which column is what (NAME, ID_NUMBER, PHONE: place from 0). Where that is not known yet, it is empty, `unknown` says
    why, and no row is judged.
    """

    table: Table
    headings: list[str]
    columns: dict[str, int]
    first: list[tuple[RawRow, Judged]]
    total: int
    faults: dict[str, int]
    unknown: ColumnsUnknown | None = None

    @property
    def good(self) -> int:
        """Rows whose people would be invited."""
        return 0 if self.unknown else self.total - sum(self.faults.values())


def upload_bulk_import(*, actor: Actor, staff: Staff, organisation_id: UUID, content: bytes) -> BulkImport:
    """Keep the file, encrypted. Nothing follows from it yet.

    Raises OrganisationRefused (not approved), FileRefused, BulkRefused (bulk_same_file), Organisation.DoesNotExist.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    _require_approved(organisation)
    table = read_table(content)
    _, lines = parted(table)
    digest = blind_index("bulk_import.file", hashlib.sha256(content).hexdigest())
    if BulkImport.objects.filter(organisation=organisation, digest=digest, status__in=BulkStatus.counted()).exists():
        raise BulkRefused("bulk_same_file")
    new = BulkImport(organisation=organisation, staff=staff, digest=digest, encoding=table.encoding, rows_total=len(lines))
    # written before the transaction: a storage may be slow
    new.file = write_file(person_id=new.pk, kind="bulk_import", content=content, media_type="application/octet-stream")
    with transaction.atomic():
        new.file.save(force_insert=True)
        new.save(force_insert=True)
        record("bulk_import.uploaded", actor=actor, subject=new, related=organisation, data={"rows": len(lines)})
    return new


def preview(bulk_import: BulkImport, *, encoding: str = "", columns: Mapping[str, int] | None = None, shown: int = 10) -> Preview:
    """What a list that is still to be confirmed says, read in another encoding or by other columns where they are given.

    Raises FileRefused.
    """
    table = read_table(read_file(bulk_import.file), encoding=encoding or bulk_import.encoding)
    cells, lines = parted(table)
    headings = [cell.text for cell in cells]
    try:
        used = _columns(bulk_import, cells, columns)
    except ColumnsUnknown as unknown:
        return Preview(table, headings, {}, [], len(lines), {}, unknown)
    judged = list(judge_all(table, used))
    faults = Counter(str(each.outcome) for _, each in judged if each.outcome)
    in_order = {code: faults[code] for code in map(str, Outcome) if code in faults}
    return Preview(table, headings, used, judged[:shown], len(judged), in_order)


def _columns(bulk_import: BulkImport, headings: Sequence[Cell], chosen: Mapping[str, int] | None) -> dict[str, int]:
    """As chosen now, or confirmed for the organisation's last list of the same headings, or by the headings. Raises ColumnsUnknown."""
    alike = BulkImport.objects.filter(
        organisation=bulk_import.organisation_id, headings=_digest_of(headings), status__in=BulkStatus.counted()
    )
    earlier = alike.order_by("-created_at").values_list("columns", flat=True).first()
    return columns_of(headings, chosen or earlier)


def _digest_of(headings: Sequence[Cell]) -> str:
    return blind_index("bulk_import.headings", "\0".join(folded(heading.text) for heading in headings))


def judge_all(table: Table, columns: Mapping[str, int]) -> Iterator[tuple[RawRow, Judged]]:
    """Each row of the table with its judgement by today's rules. Raises FileRefused."""
    return judged_rows(rows_of(table, columns), today=timezone.localdate(), minimum_age=policy.value(MINIMUM_AGE))


def confirm_bulk_import(
    *, actor: Actor, staff: Staff, import_id: UUID, encoding: str = "", columns: Mapping[str, int] | None = None
) -> BulkImport:
    """Let it be worked through, in the encoding and by the columns that were looked at.

    Raises BulkRefused (over, the same file already), OrganisationRefused (not approved), FileRefused, BulkImport.DoesNotExist (not theirs).
    """
    try:
        return _confirm(actor=actor, staff=staff, import_id=import_id, encoding=encoding, columns=columns)
    except IntegrityError:
        # bulk_import_once_per_file: the same file was uploaded twice, and the other was confirmed
        raise BulkRefused("bulk_same_file") from None


@transaction.atomic
def _confirm(*, actor: Actor, staff: Staff, import_id: UUID, encoding: str, columns: Mapping[str, int] | None) -> BulkImport:
    bulk_import = lock_bulk_import(import_id)
    require_own_bulk_import(staff, bulk_import)
    if bulk_import.status != BulkStatus.UPLOADED:
        raise BulkRefused("bulk_over")
    _require_approved(lock_organisation(bulk_import.organisation_id))
    table = read_table(read_file(bulk_import.file), encoding=encoding or bulk_import.encoding)
    headings, lines = parted(table)
    bulk_import.columns, bulk_import.headings = _columns(bulk_import, headings, columns), _digest_of(headings)
    bulk_import.encoding, bulk_import.rows_total, bulk_import.touched_at = table.encoding, len(lines), timezone.now()
    bulk_import.move(to=BulkStatus.CONFIRMED)
    bulk_import.save(update_fields=["columns", "headings", "encoding", "rows_total", "touched_at", "status"])
    record("bulk_import.confirmed", actor=actor, subject=bulk_import, data={"rows": bulk_import.rows_total})
    from registration.tasks import work_bulk_import

    enqueue(work_bulk_import, bulk_import.pk)
    return bulk_import


def _require_approved(organisation: Organisation) -> None:
    if organisation.status != OrganisationStatus.APPROVED:
        raise OrganisationRefused("organisation_not_approved")


@transaction.atomic
def cancel_bulk_import(*, actor: Actor, staff: Staff | None, import_id: UUID) -> BulkImport:
    """Stop it: rows not reached yet are forgotten; who was invited stays so.

    `staff` is None where its time was over, or its organisation is approved no more.

    Raises BulkRefused (over), BulkImport.DoesNotExist (not theirs).
    """
    bulk_import = lock_bulk_import(import_id)
    if staff is not None:
        require_own_bulk_import(staff, bulk_import)
    if bulk_import.status in (BulkStatus.DONE, BulkStatus.CANCELLED):
        raise BulkRefused("bulk_over")
    bulk_import.move(to=BulkStatus.CANCELLED)
    bulk_import.ended_at = timezone.now()
    bulk_import.save(update_fields=["status", "ended_at"])
    left = bulk_import.rows.pending().update(outcome=Outcome.CANCELLED, **BulkRow.forgotten())
    erase_file(bulk_import.file)
    record("bulk_import.cancelled", actor=actor, subject=bulk_import, data={"rows_left": left})
    return bulk_import
