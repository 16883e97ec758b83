"""What is pretty about a number, as people look for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.patterns import facts_of, has_four, pattern_of
from registration.states import Pattern


@pytest.mark.parametrize(
    ("tail", "pattern"),
    [
        ("8888", Pattern.EIGHTS),
        ("2222", Pattern.ALIKE),
        ("1234", Pattern.RUN),
        ("9876", Pattern.RUN),
        ("0123", Pattern.RUN),
        ("7890", Pattern.PLAIN),
        ("1122", Pattern.PAIRS),
        ("1212", Pattern.TWICE),
        ("5222", Pattern.THREE),
        ("2225", Pattern.PLAIN),
        ("1235", Pattern.PLAIN),
    ],
)
def test_the_last_four_digits_say_it(tail, pattern):
    assert pattern_of(f"1390000{tail}") == pattern


@pytest.mark.parametrize(("number", "four"), [("13900000004", True), ("13940000000", True), ("14900000000", False), ("13900000000", False)])
def test_a_four_in_the_network_is_nobodys_choice(number, four):
    assert has_four(number) is four


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_number_has_one_pattern_and_reads_back(number):
    facts = facts_of(number)
    assert facts["mirrored"][::-1] == number
    assert facts["pattern"] in Pattern.values
