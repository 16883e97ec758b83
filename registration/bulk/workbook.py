"""An Excel workbook, opened only after its parts were looked at.

The reader of workbooks unpacks what a part holds and lays its cells out densely: a small file can say that it is endless, or that its
two cells lie a million lines apart. So every part is unpacked here first, within bounds, and read as XML by a parser that counts; the
reader gets a new workbook of those parts alone.
"""

import io
import re
import zipfile
import zlib
from datetime import date, datetime
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from registration.bulk.errors import FileRefused
from registration.bulk.limits import CELL_CHARACTERS, COLUMNS, ELEMENTS, LINES, PARTS, UNPACKED_BYTES
from registration.bulk.table import Cell, Line, Table

WORKBOOK = b"PK\x03\x04"
# a compound file (MS-CFB): .xls, and the case around a workbook that is locked by a password
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# the stream that holds such a workbook (MS-OFFCRYPTO, 2.3.4.4), by its entry in the directory (MS-CFB, 2.6.1)
_LOCKED, _ENTRY_BYTES = "EncryptedPackage\0".encode("utf-16-le"), 128
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HOLDS_SOMETHING = {"v", "is", "f"}
# a cell's text may lie in runs, with marks of how they are written
_TEXT_PARTS = {"si", "c"}


def read_workbook(content: bytes) -> Table:
    """The table on the first sheet. Raises FileRefused."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_bounded(content))) as workbook:
            sheets = [workbook.get_sheet_by_index(index) for index in range(len(workbook.sheet_names))]
            if not sheets:
                raise FileRefused("bulk_empty")
            return Table(_lines(sheets[0]), other_sheets=sum(sheet.end is not None for sheet in sheets[1:]))
    except (CalamineError, OSError, ValueError, KeyError, IndexError) as fault:
        raise FileRefused("bulk_not_readable") from fault


def is_locked(content: bytes) -> bool:
    """Is this compound file a workbook locked by a password? By the names of its streams, which stand at the start of an entry."""
    return any(content.startswith(_LOCKED, at) for at in range(0, len(content), _ENTRY_BYTES))


def _bounded(content: bytes) -> bytes:
    """The same workbook, of the parts that are XML within bounds, not packed. Raises FileRefused."""
    out = io.BytesIO()
    left, elements = UNPACKED_BYTES, ELEMENTS
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
            if len(packed.infolist()) > PARTS:
                raise FileRefused("bulk_unpacks_too_large")
            for part in packed.infolist():
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                if part.flag_bits & 1:
                    raise FileRefused("bulk_encrypted")
                with packed.open(part) as stream:
                    text = stream.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise FileRefused("bulk_unpacks_too_large")
                elements -= _look_at(text, most=elements)
                plain.writestr(part.filename, text)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, expat.ExpatError):
        raise FileRefused("bulk_not_readable") from None
    return out.getvalue()


def _look_at(text: bytes, *, most: int) -> int:
    """Read one part as XML; answers how many elements it has.

    Raises FileRefused: more than `most`, entities, a cell too far out, a text too long; ExpatError where it is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    watch = _Watch(most)
    parser.StartElementHandler, parser.EndElementHandler = watch.start, watch.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = watch.text, watch.entity
    parser.Parse(text, True)
    return watch.elements


class _Watch:
    """Follows one part. Cells without a place of their own follow the one before, as the reader has it."""

    def __init__(self, most: int) -> None:
        self.line = self.column = self.characters = self.elements = 0
        self.most = most

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep the place, and refuse what holds something too far out."""
        # those that hold nothing take their time, too, and pack to almost nothing
        self.elements += 1
        if self.elements > self.most:
            raise FileRefused("bulk_unpacks_too_large")
        name = name.rpartition(" ")[2]
        if name == "row":
            self.line, self.column = _whole(attributes.get("r"), self.line + 1), 0
        elif name == "c":
            self.column += 1
            if found := _REFERENCE.fullmatch(attributes.get("r", "")):
                self.column, self.line = _column(found[1]), int(found[2])
            elif "r" in attributes:
                raise FileRefused("bulk_not_readable")
        elif name in _HOLDS_SOMETHING:
            if self.line > LINES:
                raise FileRefused("bulk_too_many_rows")
            if self.column > COLUMNS:
                raise FileRefused("bulk_too_wide")

    def end(self, name: str) -> None:
        """A cell's text, or a shared one, is over."""
        if name.rpartition(" ")[2] in _TEXT_PARTS:
            self.characters = 0

    def text(self, text: str) -> None:
        """Count it."""
        self.characters += len(text.strip())
        # outside cells and shared texts there may be more, in small pieces; never much
        if self.characters > CELL_CHARACTERS * 10:
            raise FileRefused("bulk_cell_too_long")

    def entity(self, *declared: object) -> None:
        """Spreadsheets declare none; who does wants more to come out than went in."""
        raise FileRefused("bulk_not_readable")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _lines(sheet: CalamineSheet) -> list[Line]:
    rows = sheet.to_python(skip_empty_area=False)
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(_cell(value) for value in row)
        if any(len(cell.text) > CELL_CHARACTERS for cell in cells):
            raise FileRefused("bulk_cell_too_long")
        if any(cell.text for cell in cells):
            lines.append(Line(number, cells))
    if any(first[0] != last[0] or first[1] != last[1] for first, last in sheet.merged_cell_ranges or []):
        raise FileRefused("bulk_merged_cells")
    return lines


def _cell(value: object) -> Cell:
    if isinstance(value, bool | None):
        return Cell("" if value is None else str(value).upper())
    if isinstance(value, int | float):
        return Cell(str(int(value)) if float(value).is_integer() else str(value), number=True)
    if isinstance(value, datetime | date):
        return Cell(value.isoformat())
    return Cell(str(value).strip())
