"""Files of many people, as organisations send them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from realname.access.models import Role, Staff
from registration.models import BulkImport, Organisation
from registration.services.bulk.take_in import confirm_bulk_import, upload_bulk_import
from registration.services.bulk.work_through import work_through
from registration.states import OrganisationStatus
from tests.factories import access
from tests.factories.documents import new_id_number
from tests.factories.organisation import approved
from tests.factories.registration import new_phone

NAME = "青石物流有限公司"
HEADINGS = ("姓名", "身份证号", "手机号")


def row(name: str = "王小明", id_number: str = "", phone: str = "") -> tuple[str, str, str]:
    """A good row, of somebody new unless said."""
    return name, id_number or new_id_number(), phone or new_phone()


def csv_file(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file, unquoted."""
    return "\r\n".join(delimiter.join(map(str, cells)) for cells in (headings, *rows)).encode(encoding)


def workbook(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, other: bool = False, merge: str = "") -> bytes:
    """An .xlsx with the table on its first sheet."""
    book = Workbook()
    for cells in (headings, *rows):
        book.active.append(list(cells))
    if other:
        book.create_sheet("other").append(["more"])
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(
    *rows: Sequence[object], organisation: Organisation | None = None, user: Staff | None = None, headings: Sequence[str] = HEADINGS
) -> BulkImport:
    """A list as uploaded by a clerk for organisations, of the one approved organisation unless said."""
    user = user or access.staff(Role.ENTERPRISE_CLERK)
    organisation = organisation or the_organisation()
    return upload_bulk_import(
        actor=access.staff_actor(user), staff=user, organisation_id=organisation.pk, content=csv_file(*rows, headings=headings)
    )


def the_organisation() -> Organisation:
    """The approved one that lists are of unless said."""
    return Organisation.objects.filter(name=NAME, status=OrganisationStatus.APPROVED).first() or approved(name=NAME)


def confirmed(*rows: Sequence[object], **kwargs) -> BulkImport:
    """A list that waits for a worker."""
    new = uploaded(*rows, **kwargs)
    return confirm_bulk_import(actor=access.staff_actor(new.staff), staff=new.staff, import_id=new.pk)


def worked_through(*rows: Sequence[object], **kwargs) -> BulkImport:
    """A list that a worker has done with."""
    new = confirmed(*rows, **kwargs)
    while work_through(import_id=new.pk):
        pass
    new.refresh_from_db()
    return new
