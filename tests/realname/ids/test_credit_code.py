"""GB 32100-2015: codes of organisations are read in one form, and one wrong character is always found (R-04)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import credit_code
from realname.ids.credit_code import ALPHABET, InvalidCreditCode

EXAMPLE = "91350100M000100Y43"  # printed in the standard
_firsts = st.builds(
    "".join,
    st.tuples(
        st.text(ALPHABET, min_size=2, max_size=2), st.text("0123456789", min_size=6, max_size=6), st.text(ALPHABET, min_size=9, max_size=9)
    ),
)


def test_the_standards_own_example():
    read = credit_code.parse(EXAMPLE)
    assert (read.text, read.authority, read.kind, read.region, read.organisation) == (EXAMPLE, "9", "1", "350100", "M000100Y4")


def test_the_weights_are_the_standards():
    assert credit_code.WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@pytest.mark.parametrize("_case", ["91350100m000100y43", " 9135 0100 M000-100Y43 ", "９１３５０１００Ｍ０００１００Ｙ４３"])
def test_written_otherwise_it_is_the_same(_case):
    assert credit_code.parse(_case).text == EXAMPLE


@pytest.mark.parametrize(
    "_case", ["", EXAMPLE[:-1], EXAMPLE + "3", "91350100I000100Y43", "913501O0M000100Y43", "9" * 10_000, "91350100M000100Y4\x00"]
)
def test_what_is_no_code(_case):
    with pytest.raises(InvalidCreditCode) as refusal:
        credit_code.parse(_case)
    assert refusal.value.code == "form"


@given(_firsts, st.integers(0, 17), st.data())
def test_one_wrong_character_is_found(first, place, data):
    code = first + credit_code.check_character(first)
    assert credit_code.parse(code).text == code
    other = data.draw(st.sampled_from(ALPHABET if place not in range(2, 8) else "0123456789").filter(lambda char: char != code[place]))
    with pytest.raises(InvalidCreditCode) as refusal:
        credit_code.parse(code[:place] + other + code[place + 1 :])
    assert refusal.value.code == "check_character"


@given(st.text(max_size=80))
def test_nothing_but_a_refusal_is_raised(text):
    with contextlib.suppress(InvalidCreditCode):
        assert len(credit_code.parse(text).text) == 18
