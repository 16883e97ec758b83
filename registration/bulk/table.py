"""A file becomes a table of texts, whatever it was saved as."""

from dataclasses import dataclass

from registration.bulk.errors import FileRefused
from registration.bulk.limits import FILE_BYTES


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text. `number` says that the file held a number, not text: of those only 15 digits are true (IEEE 754)."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, with its number as the program that made the file shows it (the first is 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`lines` begins with the headings. `encoding` and `delimiter` are empty for a workbook; `other_sheets` counts what was not read."""

    lines: list[Line]
    encoding: str = ""
    delimiter: str = ""
    other_sheets: int = 0


def read_table(content: bytes, *, encoding: str = "") -> Table:
    """The table in a file, judged by its bytes and never by its name. `encoding` is what somebody chose, for CSV.

    Raises FileRefused.
    """
    from registration.bulk.text_file import read_text
    from registration.bulk.workbook import OLD_EXCEL, WORKBOOK, is_locked, read_workbook

    if len(content) > FILE_BYTES:
        raise FileRefused("bulk_too_large")
    if not content.strip():
        raise FileRefused("bulk_empty")
    if content.startswith(OLD_EXCEL):
        raise FileRefused("bulk_encrypted" if is_locked(content) else "bulk_old_excel")
    return read_workbook(content) if content.startswith(WORKBOOK) else read_text(content, encoding=encoding)
