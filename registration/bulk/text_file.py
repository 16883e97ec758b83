"""A CSV file, in whatever encoding and with whatever delimiter Chinese offices save it."""

import codecs
import csv
import io

from registration.bulk.columns import meaning_of
from registration.bulk.errors import FileRefused
from registration.bulk.limits import CELL_CHARACTERS, COLUMNS, LINES
from registration.bulk.table import Cell, Line, Table

# what can be chosen, in the order they are tried: valid UTF-8 is hardly ever anything else
ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030 (GBK, GB2312)", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
DELIMITERS = ",;\t|"
# of text in UTF-16 that is not all Chinese, a good part of the bytes on one side are zero
_MANY_ZEROS = 0.1


def read_text(content: bytes, *, encoding: str = "") -> Table:
    """The table in CSV text. Raises FileRefused."""
    encoding = encoding or detect(content)
    text = _decoded(content, encoding)
    if "\0" in text:
        raise FileRefused("bulk_not_readable")
    delimiter = _delimiter(text)
    return Table(_lines(text, delimiter), encoding=encoding, delimiter=delimiter)


def detect(content: bytes) -> str:
    """A key of ENCODINGS: by the byte order mark, by zero bytes, by what decodes without error. Raises FileRefused.

    A guess that is shown before anything follows from it: some short texts are valid in two encodings.
    """
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if even + odd > len(start) / 2 * _MANY_ZEROS:
        return "utf-16-le" if odd > even else "utf-16-be"
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileRefused("bulk_encoding")


def _decoded(content: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise FileRefused("bulk_encoding")
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise FileRefused("bulk_encoding") from None


def _delimiter(text: str) -> str:
    """The one by which the first line has most headings that we know; of unknown ones, most at all."""
    first = next((line for line in text[: CELL_CHARACTERS * 10].splitlines() if line.strip()), "")
    parts = {mark: first.split(mark) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: (sum(meaning_of(cell.strip(' "')) is not None for cell in parts[mark]), len(parts[mark])))


def _lines(text: str, delimiter: str) -> list[Line]:
    # strict: a quote that is never closed would swallow the rest of the file into one cell
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = []
    try:
        for cells in reader:
            if len(cells) > COLUMNS:
                raise FileRefused("bulk_too_wide")
            if any(len(cell) > CELL_CHARACTERS for cell in cells):
                raise FileRefused("bulk_cell_too_long")
            if any(cell.strip() for cell in cells):
                lines.append(Line(reader.line_num, tuple(Cell(cell.strip()) for cell in cells)))
            if reader.line_num > LINES:
                raise FileRefused("bulk_too_many_rows")
    except csv.Error as error:
        # Python's own bound on a field (131,072 characters) comes first where a cell is that long
        raise FileRefused("bulk_cell_too_long" if "field larger" in str(error) else "bulk_not_readable") from None
    return lines
