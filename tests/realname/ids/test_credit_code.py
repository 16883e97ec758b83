"""R-03: GB 32100-2015."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from realname.ids import credit_code
from realname.ids.credit_code import ALPHABET, MESSAGES, InvalidCreditCode, check_character, parse

letters = st.sampled_from(ALPHABET)
bodies = st.builds(
    "".join,
    st.tuples(
        st.text(letters, min_size=2, max_size=2), st.from_regex(r"[0-9]{6}", fullmatch=True), st.text(letters, min_size=9, max_size=9)
    ),
)
codes = bodies.map(lambda body: body + check_character(body))


def refusal(text: str) -> str:
    with pytest.raises(InvalidCreditCode) as caught:
        parse(text)
    assert caught.value.message is MESSAGES[caught.value.code]
    return caught.value.code


def test_the_weights_and_the_alphabet_are_the_standard_s():
    """GB 32100-2015, table 2 and 4.2.5."""
    assert credit_code.WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    assert len(ALPHABET) == 31 and not set("IOSVZ") & set(ALPHABET)


def test_the_example_of_the_standard_has_check_character_3():
    """GB 32100-2015, annex: 91350100M000100Y43."""
    assert parse("91350100M000100Y43") == "91350100M000100Y43"


@given(codes, st.integers(0, 17), letters)
def test_every_substitution_of_one_character_is_caught(code, place, other):
    assume(other != code[place])
    assert refusal(code[:place] + other + code[place + 1 :]) in {"check_character", "region"}


@given(codes, st.integers(0, 16))
def test_every_swap_of_two_neighbours_is_caught(code, place):
    assume(code[place] != code[place + 1])
    assert refusal(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) in {"check_character", "region"}


@given(codes)
def test_full_width_lower_case_and_spaces_are_the_same_code(code):
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert parse(wide) == parse(code.lower()) == parse(f" {code[:8]}-{code[8:]} ") == parse(code) == code


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_is_refused_by_name(text):
    try:
        assert parse(parse(text)) == parse(text)
    except InvalidCreditCode as refused:
        assert refused.code in MESSAGES
    assert credit_code.normalise(credit_code.normalise(text)) == credit_code.normalise(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y433", "length"),
        ("9" * 10_000, "length"),
        ("91350100I000100Y43", "characters"),
        ("9135010\u0131M000100Y43", "characters"),
        ("91A50100M000100Y43", "region"),
        ("91350100M000100Y44", "check_character"),
    ],
)
def test_each_fault_has_its_name(text, code):
    assert refusal(text) == code
