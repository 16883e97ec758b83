"""The standard set: the same by number, of every condition and kind, and what it says is printed is what the engine should give."""

import random

import numpy as np
import pytest

from demo.specimens import check_digit
from demo.specimens.somebody import somebody
from demo.specimens.standard import CONDITIONS, one_of_the_set
from realname.ids import ethnicities


def test_the_same_number_is_the_same_photograph():
    one, again, other = one_of_the_set(4), one_of_the_set(4), one_of_the_set(4, seed=1)
    assert one.card == again.card != other.card
    assert np.array_equal(one.picture, again.picture)


def test_conditions_and_sides_take_turns():
    assert len(CONDITIONS) == 20
    seen = {(one.condition, one.side) for one in (one_of_the_set(number) for number in (0, 3, 20, 23))}
    assert {side for _condition, side in seen} == {"front", "back"}
    assert {condition for condition, _side in seen} == {"clean", "turned_270"}


@pytest.mark.parametrize("number", [15, 11, 14])
def test_what_is_expected_is_what_is_printed(number):
    one = one_of_the_set(number)
    card = one.card
    assert one.picture.dtype == np.uint8
    assert one.expected == (
        {
            "authority": card.authority,
            "valid_from": card.valid_from.isoformat(),
            "valid_to": card.valid_to.isoformat() if card.valid_to else "long_term",
        }
        if one.side == "back"
        else {
            "name": card.name,
            "sex": card.sex,
            "ethnicity": card.ethnicity,
            "birth": card.birth.isoformat(),
            "address": card.address,
            "id_number": card.id_number,
        }
    )


def test_people_are_of_every_kind():
    people = [somebody(random.Random(number)) for number in range(400)]
    assert {person.ethnicity for person in people} > {"汉", "维吾尔", "藏"}
    assert {person.ethnicity for person in people} <= set(ethnicities.NAMES)
    assert any("·" in person.name for person in people)
    assert any(person.valid_to is None for person in people)
    assert any("地区" in person.address for person in people)  # prefectures of old
    assert any(len(person.authority) > 14 for person in people)  # takes two lines
    assert all(check_digit(person.id_number[:17]) == person.id_number[17] for person in people)
    assert all(person.id_number[6:14] == f"{person.birth:%Y%m%d}" for person in people)
