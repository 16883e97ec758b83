"""Files of many people, as organisations send them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from tests.factories.documents import new_id_number
from tests.factories.registration import new_phone

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
