"""Each row is judged by what it says: a good one in its written form, a bad one with the reason (P-REG-2, P-REG-5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.bulk.outcomes import Outcome
from registration.bulk.rows import Judged, RawRow, judge, judged_rows, rows_of
from registration.bulk.table import Cell, read_table
from tests.factories.bulk import csv_file, row, workbook
from tests.factories.documents import new_id_number

TODAY = date(2026, 11, 24)
NUMBER = new_id_number()


def judged(name: str | Cell = "王小明", id_number: str | Cell = NUMBER, phone: str | Cell = "13812345678") -> Judged:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in (name, id_number, phone)]
    return judge(RawRow(2, *cells), today=TODAY, minimum_age=16)


def test_full_width_digits_and_blanks_are_brought_into_the_written_form() -> None:
    full_width = NUMBER.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    assert judged(" 王小明 ", f" {full_width} ", "１３８ 1234-5678") == Judged("王小明", NUMBER, "13812345678")


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"name": ""}, Outcome.NAME_INVALID),
        ({"name": '=HYPERLINK("http://x","y")'}, Outcome.NAME_INVALID),
        ({"name": "@SUM(1+1)"}, Outcome.NAME_INVALID),
        ({"id_number": ""}, Outcome.ID_NUMBER_INVALID),
        ({"id_number": NUMBER[:17]}, Outcome.ID_NUMBER_INVALID),
        ({"id_number": NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")}, Outcome.ID_NUMBER_INVALID),
        ({"id_number": "x" * 1000}, Outcome.ID_NUMBER_INVALID),
        ({"id_number": "1.10E+17"}, Outcome.ID_NUMBER_DAMAGED),
        ({"id_number": "1.10101E17"}, Outcome.ID_NUMBER_DAMAGED),
        ({"id_number": Cell("110101199003070144", number=True)}, Outcome.ID_NUMBER_DAMAGED),
        ({"id_number": "2026-03-07T00:00:00"}, Outcome.ID_NUMBER_INVALID),
        ({"id_number": new_id_number(birth=date(2015, 1, 1))}, Outcome.UNDER_AGE),
        ({"phone": ""}, Outcome.PHONE_INVALID),
        ({"phone": "+1 555 0100"}, Outcome.PHONE_INVALID),
        ({"phone": "013812345678"}, Outcome.PHONE_INVALID),
        ({"phone": "1.38E+10"}, Outcome.PHONE_INVALID),
    ],
)
def test_a_bad_row_has_its_reason(cells: dict, outcome: Outcome) -> None:
    assert judged(**cells) == Judged(outcome=outcome)


def test_a_phone_number_kept_as_a_number_is_whole() -> None:
    assert judged(phone=Cell("13812345678", number=True)).phone == "13812345678"


def test_an_id_number_that_excel_kept_as_a_number_is_named_as_damaged() -> None:
    (raw,) = rows_of(read_table(workbook(("王小明", 110101199003070134, 13812345678))))

    assert judge(raw, today=TODAY, minimum_age=16).outcome == Outcome.ID_NUMBER_DAMAGED


def test_of_equal_rows_the_first_counts_however_they_are_written() -> None:
    person = row()
    rows = rows_of(read_table(csv_file(person, (person[0], f" {person[1].lower()}", f"+86 {person[2]}"), row())))

    outcomes = [each.outcome for _, each in judged_rows(rows, today=TODAY, minimum_age=16)]

    assert outcomes == [None, Outcome.DOUBLED, None]


def test_a_phone_is_sent_one_message_whoever_is_named_beside_it() -> None:
    first = row()
    rows = rows_of(read_table(csv_file(first, *(row(phone=first[2]) for _ in range(3)), row())))

    outcomes = [each.outcome for _, each in judged_rows(rows, today=TODAY, minimum_age=16)]

    assert outcomes == [None, *[Outcome.PHONE_DOUBLED] * 3, None]


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.booleans())
def test_any_row_has_values_or_an_outcome_never_both(name: str, id_number: str, phone: str, number: bool) -> None:
    answer = judged(name, Cell(id_number, number=number), phone)

    assert bool(answer.outcome) != bool(answer.name and answer.id_number and answer.phone)
