"""R-11: the ID number by itself."""

from datetime import date

import pytest

from tests.verification.checks.conftest import entered
from verification.states import CheckKind, CheckStatus

# check digits by hand: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, check string 10X98765432
VALID = "110101199003070011"


@pytest.fixture
def judge(run):
    return lambda **fields: run(CheckKind.ID_NUMBER, application=entered(**fields))


def _valid() -> str:
    from realname.ids.citizen_id import check_digit

    return VALID[:17] + check_digit(VALID[:17])


def test_a_valid_number_that_agrees_passes(judge):
    result = judge(id_number=_valid())
    assert (result.status, result.engine, result.engine_version) == (CheckStatus.PASSED, "GB 11643", "1999")


@pytest.mark.parametrize(
    ("number", "finding"),
    [
        (_valid()[:17] + ("0" if _valid()[17] != "0" else "1"), "check_digit"),
        ("11010119900307", "length"),
        ("11010119901307001X", "birth_date"),
        ("00010119900307001X", "region"),
        ("11010120990307001X", "birth_in_future"),
    ],
)
def test_a_number_that_is_none_fails_and_says_why(judge, number, finding):
    result = judge(id_number=number)
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "NUMBER_INVALID", [finding])


@pytest.mark.parametrize(("field", "value"), [("birth", date(1990, 3, 8)), ("sex", "female")])
def test_a_birth_date_or_sex_that_contradicts_the_number_fails(judge, field, value):
    result = judge(id_number=_valid(), **{field: value})
    assert result.status == CheckStatus.FAILED
    assert result.findings == [f"{field}_contradicts_number"]
