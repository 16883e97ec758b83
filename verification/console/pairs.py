"""The table of pairs that face-match and calibrate read: columns a and b, and label where the truth is known."""

from dataclasses import dataclass

from verification.console.table import Row, Table, read_table

GENUINE = ("1", "same", "genuine", "mated", "match", "true", "yes")
IMPOSTOR = ("0", "different", "impostor", "non-mated", "non-match", "false", "no")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row. `a` and `b` are as written; `genuine` is None where the table has no labels; `people` are names, where given."""

    a: str
    b: str
    genuine: bool | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a table, in its order."""

    rows: tuple[Pair, ...]
    table: Table

    @property
    def labelled(self) -> bool:
        """Does the table say the truth?"""
        return "label" in self.table.columns

    @property
    def sha256(self) -> str:
        """The table's."""
        return self.table.sha256

    def place(self, path: str) -> str:
        """Where the picture lies."""
        return self.table.place(path)

    @property
    def people(self) -> int | None:
        """How many people the table names in its columns person_a and person_b; None where it names none."""
        return len({name for row in self.rows for name in row.people}) or None


def read_pairs(path: str) -> Pairs:
    """The table at `path`. Raises ValueError with a sentence that names the line."""
    table = read_table(path, needs=("a", "b"), once=("label",))
    return Pairs(rows=tuple(_pair(row) for row in table.rows), table=table)


def _pair(row: Row) -> Pair:
    cells = row.cells
    if not cells["a"] or not cells["b"]:
        raise ValueError(f"{row.where}: a pair needs two paths.")
    people = tuple(name for name in (cells.get("person_a"), cells.get("person_b")) if name)
    return Pair(a=cells["a"], b=cells["b"], genuine=_truth(cells["label"], row.where) if "label" in cells else None, people=people)


def _truth(label: str, where: str) -> bool:
    if label.lower() in GENUINE:
        return True
    if label.lower() in IMPOSTOR:
        return False
    known = ", ".join(f"{one}/{other}" for one, other in zip(GENUINE, IMPOSTOR, strict=True))
    raise ValueError(f"{where}: the label {label!r} is unknown; known are {known}.")
