"""One row of a table: what it says, in its written form, or why it can not be taken."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from realname.ids import citizen_id, names, phone
from realname.ids.errors import InvalidInput
from realname.ids.written import compact
from registration.bulk.columns import ID_NUMBER, NAME, PHONE, columns_of, require_headings
from registration.bulk.errors import FileRefused
from registration.bulk.limits import ROWS
from registration.bulk.outcomes import Outcome
from registration.bulk.table import Cell, Line, Table
from registration.documents.validity import age_on

# 1.10101E+17, as programs show and save a number of that many digits
_EXPONENT = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}")
# digits that a number in a spreadsheet keeps (IEEE 754 double); what comes after them is zeros
TRUE_DIGITS = 15


@dataclass(frozen=True, slots=True)
class RawRow:
    """What one row says, as it stands there."""

    number: int
    name: Cell
    id_number: Cell
    phone: Cell


@dataclass(frozen=True, slots=True)
class Judged:
    """Either the three values in their written form, or the outcome that says what is wrong with the row."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    outcome: Outcome | None = None


def parted(table: Table) -> tuple[tuple[Cell, ...], list[Line]]:
    """The headings, and the lines below them. Raises FileRefused (no headings, none or too many lines)."""
    if not table.lines:
        raise FileRefused("bulk_empty")
    headings, *lines = table.lines
    require_headings(headings.cells)
    if not lines:
        raise FileRefused("bulk_empty")
    if len(lines) > ROWS:
        raise FileRefused("bulk_too_many_rows")
    return headings.cells, lines


def rows_of(table: Table, columns: Mapping[str, int] | None = None) -> list[RawRow]:
    """The rows below the headings, by the columns as chosen or by their headings. Raises FileRefused."""
    headings, lines = parted(table)
    places = [columns_of(headings, columns)[meaning] for meaning in (NAME, ID_NUMBER, PHONE)]
    nothing = Cell("")
    return [RawRow(line.number, *(line.cells[at] if at < len(line.cells) else nothing for at in places)) for line in lines]


def judge(row: RawRow, *, today: date, minimum_age: int) -> Judged:
    """By what the row says alone. Never raises."""
    try:
        name = names.normalise(row.name.text)
    except InvalidInput:
        return Judged(outcome=Outcome.NAME_INVALID)
    if damaged(row.id_number):
        return Judged(outcome=Outcome.ID_NUMBER_DAMAGED)
    try:
        number = citizen_id.parse(row.id_number.text, today=today)
    except InvalidInput:
        return Judged(outcome=Outcome.ID_NUMBER_INVALID)
    if age_on(today, number.birth) < minimum_age:
        return Judged(outcome=Outcome.UNDER_AGE)
    try:
        mobile = phone.parse(row.phone.text).number
    except InvalidInput:
        return Judged(outcome=Outcome.PHONE_INVALID)
    return Judged(name, number.number, mobile)


def damaged(cell: Cell) -> bool:
    """Did a spreadsheet take the ID number for a number, and lose its last digits?"""
    text = compact(cell.text)
    if _EXPONENT.fullmatch(text):
        return True
    return cell.number and len(text) > TRUE_DIGITS


def judged_rows(rows: list[RawRow], *, today: date, minimum_age: int) -> Iterator[tuple[RawRow, Judged]]:
    """Each row with its judgement; of rows for one phone the first counts: nobody's phone is flooded, and it can prove one person."""
    holders: dict[str, str] = {}
    for row in rows:
        judged = judge(row, today=today, minimum_age=minimum_age)
        if judged.outcome is None:
            if judged.phone in holders:
                same = holders[judged.phone] == judged.id_number
                judged = Judged(outcome=Outcome.DOUBLED if same else Outcome.PHONE_DOUBLED)
            else:
                holders[judged.phone] = judged.id_number
        yield row, judged
