"""R-11: GB 11643-1999."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import citizen_id
from realname.ids.citizen_id import CHECK_DIGITS, MESSAGES, InvalidCitizenID, check_digit, parse

from .strategies import TODAY, awkward, births, citizen_numbers, region_codes


def number(region="110101", birth="19900307", order="003") -> str:
    body = region + birth + order
    return body + check_digit(body)


def refusal(text: str, **kwargs) -> str:
    with pytest.raises(InvalidCitizenID) as caught:
        parse(text, today=TODAY, **kwargs)
    return caught.value.code


def test_the_example_of_the_standard_has_check_digit_x():
    """GB 11643-1999, annex A: 11010519491231002X."""
    assert check_digit("11010519491231002") == "X"


def test_each_place_counts_by_its_weight():
    """R-11; ISO 7064 MOD 11-2: the weight of a place is a power of two modulo 11, and a nought adds nothing."""
    assert citizen_id.WEIGHTS == (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for place in range(17):
        body = "0" * place + "1" + "0" * (16 - place)
        assert check_digit(body) == "10X98765432"[2 ** (17 - place) % 11]


def test_reads_region_birth_and_sex():
    read = parse(number(order="003"), today=TODAY)
    assert (read.region.names, read.birth, read.sex, read.kind) == (("北京市", "东城区"), date(1990, 3, 7), "male", "citizen")
    assert parse(number(order="004"), today=TODAY).sex == "female"


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002ｘ",
    ],
)
def test_writing_does_not_matter(text):
    """R-11: lower-case x is normalised, and so are width, blanks and hyphens."""
    assert parse(text, today=TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("_case", "text", "code"),
    [
        ("empty", "", "length"),
        ("seventeen", "11010519491231002", "length"),
        ("nineteen", "11010519491231002X0", "length"),
        ("very long", "1" * 100_000, "length"),
        ("a letter", "11010519491231002A", "characters"),
        ("x inside", "1101051949123100X2", "characters"),
        ("arabic digits", "١" * 18, "characters"),
        ("bidi control", "\u202e11010519491231002X", "characters"),
        ("no such province", number(region="660101"), "region"),
        ("taiwan's own code", number(region="710000"), "region"),
        ("under a permit code", number(region="810001"), "region"),
        ("30 February", number(birth="19900230"), "birth_date"),
        ("29 February of no leap year", number(birth="19000229"), "birth_date"),
        ("month 13", number(birth="19901301"), "birth_date"),
        ("year nought", number(birth="00000101"), "birth_date"),
        ("tomorrow", number(birth="20261124"), "birth_in_future"),
        ("over 130 years", number(birth="18961122"), "birth_too_old"),
        ("wrong check digit", "110105194912310021", "check_digit"),
        ("foreign permanent resident", "911124198108030024", "foreign_permit"),
    ],
)
def test_refuses(_case, text, code):
    assert refusal(text) == code


def test_today_and_exactly_130_years_are_accepted():
    assert parse(number(birth="20261123"), today=TODAY).birth == TODAY
    assert parse(number(birth="18961123"), today=TODAY).age(TODAY) == 130


@pytest.mark.parametrize(("code", "name"), [("810000", "香港"), ("820000", "澳门"), ("830000", "台湾")])
def test_residence_permits_are_read_and_marked(code, name):
    """R-11: permit codes 810000, 820000, 830000."""
    read = parse(number(region=code), today=TODAY)
    assert read.kind == "permit"
    assert read.region.province.startswith(name)
    assert read.warnings == ()


def test_a_withdrawn_region_is_accepted_for_those_born_in_its_time():
    """R-11: 110103 崇文区 was withdrawn in 2010."""
    read = parse(number(region="110103", birth="19900307"), today=TODAY)
    assert (read.region.county, read.warnings) == ("崇文区", ())


def test_a_region_withdrawn_before_the_birth_is_a_warning_and_strictly_an_error():
    late = number(region="110103", birth="20200307")
    assert parse(late, today=TODAY).warnings == ("region_withdrawn",)
    assert refusal(late, strict=True) == "region"


def test_an_unknown_county_under_a_known_province_is_a_warning_and_strictly_an_error():
    unlisted = number(region="110199")
    read = parse(unlisted, today=TODAY)
    assert (read.region.province, read.region.county, read.warnings) == ("北京市", "", ("region_unlisted",))
    assert refusal(unlisted, strict=True) == "region"


def test_age_turns_on_the_birthday():
    read = parse(number(birth="20101124"), today=TODAY)
    assert read.age(date(2026, 11, 23)) == 15
    assert read.age(date(2026, 11, 24)) == 16


@given(region_codes, births, st.integers(1, 999))
def test_every_well_made_number_is_read_back(region, birth, order):
    """R-11."""
    read = parse(number(region, f"{birth:%Y%m%d}", f"{order:03d}"), today=TODAY)
    assert (read.region.code, read.birth, read.sex) == (region, birth, "male" if order % 2 else "female")
    assert "region_unlisted" not in read.warnings


@given(citizen_numbers(), st.integers(0, 17), st.data())
def test_every_single_wrong_character_is_refused(valid, place, data):
    """R-11: MOD 11-2 finds every single substitution."""
    other = data.draw(st.sampled_from([c for c in (CHECK_DIGITS if place == 17 else "0123456789") if c != valid[place]]))
    refusal(valid[:place] + other + valid[place + 1 :])


@given(citizen_numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_refused(valid, place):
    """R-11: MOD 11-2 finds every transposition of two neighbours that differ."""
    swapped = valid[:place] + valid[place + 1] + valid[place] + valid[place + 2 :]
    if swapped != valid:
        refusal(swapped)


@given(awkward)
def test_any_text_is_read_or_refused_by_name(text):
    try:
        parse(text, today=TODAY)
    except InvalidCitizenID as error:
        assert error.code in MESSAGES
        assert error.args == (error.code,), "what was typed must not travel with the error"


@given(awkward)
def test_normalising_twice_changes_nothing(text):
    once = citizen_id.normalise(text)
    assert citizen_id.normalise(once) == once


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "１" * 17, "1101051949123100X"])
def test_check_digit_needs_seventeen_digits(body):
    with pytest.raises(ValueError, match="17 ASCII digits"):
        check_digit(body)
