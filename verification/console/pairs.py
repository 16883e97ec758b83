"""The table of pairs that face-match and calibrate read: CSV in UTF-8, columns a and b, and label where the truth is known."""

import csv
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 256 * 2**20  # some three million pairs
GENUINE = ("1", "same", "genuine", "mated", "true")
IMPOSTOR = ("0", "different", "impostor", "non-mated", "false")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row. `a` and `b` are as written; `genuine` is None where the table has no labels; `people` are names, where given."""

    a: str
    b: str
    genuine: bool | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The table. `sha256` is the file's; `folder` is where its relative paths are looked for first."""

    rows: tuple[Pair, ...]
    labelled: bool
    sha256: str
    folder: Path

    def place(self, path: str) -> str:
        """Where the picture lies: relative to the table's folder, or else to the working directory."""
        beside = os.path.join(self.folder, path)  # noqa: PTH118 - os.path answers False for names no system can have
        return beside if os.path.exists(beside) else path  # noqa: PTH110

    @property
    def people(self) -> int | None:
        """How many people the table names in its columns person_a and person_b; None where it names none."""
        return len({name for row in self.rows for name in row.people}) or None


def read_pairs(path: str) -> Pairs:
    """The table at `path`. Raises ValueError with a sentence that names the line."""
    if Path(path).is_fifo():
        # it would be waited for
        raise ValueError(f"The pairs can't be read: {path} is no file.")
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ValueError(f"The pairs can't be read: {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not in UTF-8: byte {error.start} can't be read.") from error
    if len(content) > MAX_BYTES:
        raise ValueError(f"{path} is larger than {MAX_BYTES // 2**20} MiB. Split it.")
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(table, [])]
        _judge_header(header, path)
        rows = tuple(_row(header, cells, f"{path}, line {table.line_num}") for cells in table if any(cell.strip() for cell in cells))
    except csv.Error as error:
        raise ValueError(f"{path}, line {table.line_num}: this is no CSV: {error}.") from error
    if not rows:
        raise ValueError(f"{path} has no pairs: it holds a header alone.")
    return Pairs(rows=rows, labelled="label" in header, sha256=hashlib.sha256(content).hexdigest(), folder=Path(path).resolve().parent)


def _judge_header(header: list[str], path: str) -> None:
    missing = [name for name in ("a", "b") if name not in header]
    if missing:
        named = ", ".join(header) or "nothing"
        raise ValueError(f"{path} needs the columns a and b, and for error rates label; its first line names {named}.")
    doubled = {name for name in header if header.count(name) > 1 and name in ("a", "b", "label")}
    if doubled:
        raise ValueError(f"{path} has the column {sorted(doubled)[0]} twice.")


def _row(header: list[str], cells: list[str], where: str) -> Pair:
    if len(cells) != len(header):
        raise ValueError(f"{where}: {len(cells)} cells where the header has {len(header)}. Quote paths that hold commas.")
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if not row["a"] or not row["b"]:
        raise ValueError(f"{where}: a pair needs two paths.")
    people = tuple(name for name in (row.get("person_a"), row.get("person_b")) if name)
    return Pair(a=row["a"], b=row["b"], genuine=_truth(row["label"], where) if "label" in row else None, people=people)


def _truth(label: str, where: str) -> bool:
    if label.lower() in GENUINE:
        return True
    if label.lower() in IMPOSTOR:
        return False
    known = ", ".join(f"{one}/{other}" for one, other in zip(GENUINE, IMPOSTOR, strict=True))
    raise ValueError(f"{where}: the label {label!r} is unknown; known are {known}.")
