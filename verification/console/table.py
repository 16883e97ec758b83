"""The tables of labelled pictures that the engine commands read: CSV with a header, as any office saves it, its paths beside it."""

import csv
import hashlib
import io
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from registration.bulk.errors import FileRefused
from registration.bulk.text_file import DELIMITERS, detect

MAX_BYTES = 256 * 2**20  # some three million rows


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by the column's name, stripped, and where it stands, for a sentence about it."""

    cells: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in lower case, at least one of `rows`; `sha256` is the file's, `folder` where its relative paths are looked for first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sha256: str
    folder: Path

    def place(self, path: str) -> str:
        """Where the picture lies: relative to the table's folder, or else to the working directory."""
        beside = os.path.join(self.folder, path)  # noqa: PTH118 - os.path answers False for names no system can have
        return beside if os.path.exists(beside) else path  # noqa: PTH110


def read_table(path: str, *, needs: tuple[str, ...], once: Collection[str] = ()) -> Table:
    """The table at `path`; it needs the columns `needs`, and these and `once` at most once each.

    Raises ValueError with a sentence that names the line.
    """
    content = _content(path)
    text = _text(content, path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, needs), strict=True)
    try:
        columns = tuple(name.strip().lower() for name in next(lines, []))
        _judge(columns, path, needs, once)
        least = 1 + max(columns.index(name) for name in needs)
        rows = tuple(
            _row(columns, cells, least, f"{path}, line {lines.line_num}") for cells in lines if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        raise ValueError(f"{path}, line {lines.line_num}: this is no CSV: {error}.") from error
    if not rows:
        raise ValueError(f"{path} has no rows: it holds a header alone.")
    return Table(columns=columns, rows=rows, sha256=hashlib.sha256(content).hexdigest(), folder=Path(path).resolve().parent)


def _content(path: str) -> bytes:
    if Path(path).is_fifo():
        # it would be waited for
        raise ValueError(f"The table can't be read: {path} is no file.")
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError(f"The table can't be read: {path}: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise ValueError(f"{path} is larger than {MAX_BYTES // 2**20} MiB. Split it.")
    return content


def _text(content: bytes, path: str) -> str:
    """Offices in China save CSV in GB18030 as often as in UTF-8, some in UTF-16."""
    try:
        return content.decode(detect(content)).removeprefix("\ufeff")
    except (FileRefused, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no text in UTF-8, GB18030 or UTF-16.") from error


def _delimiter(text: str, needs: tuple[str, ...]) -> str:
    """The one by which the first line names most of the columns needed; a comma where none does."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(DELIMITERS, key=lambda mark: len({cell.strip(' "\r').lower() for cell in first.split(mark)} & set(needs)))


def _judge(columns: tuple[str, ...], path: str, needs: tuple[str, ...], once: Collection[str]) -> None:
    if not set(needs) <= set(columns):
        named = ", ".join(columns) or "nothing"
        raise ValueError(f"{path} needs the columns {' and '.join(needs)}; its first line names {named}.")
    doubled = {name for name in columns if columns.count(name) > 1 and name in (*needs, *once)}
    if doubled:
        raise ValueError(f"{path} has the column {sorted(doubled)[0]} twice.")


def _row(columns: tuple[str, ...], cells: list[str], least: int, where: str) -> Row:
    """Cells at the end of a row may be left out as far as nothing needed stands there; `least` cells must be."""
    if not least <= len(cells) <= len(columns):
        raise ValueError(f"{where}: {len(cells)} cells where the header has {len(columns)}. Quote paths that hold commas.")
    filled = cells + [""] * (len(columns) - len(cells))
    return Row(cells=dict(zip(columns, (cell.strip() for cell in filled), strict=True)), where=where)
