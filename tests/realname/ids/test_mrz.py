"""R-02, ICAO Doc 9303: machine-readable zones are read strictly, and never mended."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from realname.ids import mrz
from realname.ids.mrz import InvalidMrz, check_digit, parse

from .mrz_zones import TD1_SPECIMEN, TD3_SPECIMEN, cn_permit, td3

TODAY = date(2026, 11, 24)
NAMES = st.from_regex(r"[A-Z]{1,12}( [A-Z]{1,8})?", fullmatch=True)
NUMBERS = st.from_regex(r"[A-Z0-9]{1,9}", fullmatch=True)
BIRTHS = st.dates(date(1927, 1, 1), TODAY)
EXPIRIES = st.dates(date(1980, 1, 1), date(2070, 1, 1))


def refusal(lines) -> str:
    with pytest.raises(InvalidMrz) as caught:
        parse(lines, today=TODAY)
    return caught.value.code


@pytest.mark.parametrize(("text", "digit"), [("520727", "3"), ("AB2134<<<", "5"), ("L898902C3", "6"), ("", "0"), ("<<<<<<<<<<<<<<", "0")])
def test_check_digits_of_the_standard(text, digit):
    """Doc 9303-3, 4.9: weights 7, 3, 1; its two examples and its specimens."""
    assert check_digit(text) == digit


def test_the_passport_of_utopia():
    """Doc 9303-4, appendix A."""
    zone = parse(TD3_SPECIMEN, today=TODAY)
    assert (zone.layout, zone.code, zone.issuing_state, zone.number, zone.nationality) == ("TD3", "P", "UTO", "L898902C3", "UTO")
    assert (zone.birth, zone.sex, zone.expiry) == (date(1974, 8, 12), "female", date(2012, 4, 15))
    assert (zone.surname, zone.given_names, zone.name, zone.cut) == ("ERIKSSON", "ANNA MARIA", "ERIKSSON ANNA MARIA", False)
    assert zone.optional == "ZE184226B"


def test_the_card_of_utopia():
    """Doc 9303-5, appendix A."""
    zone = parse(TD1_SPECIMEN, today=TODAY)
    assert (zone.layout, zone.code, zone.issuing_state, zone.number, zone.nationality) == ("TD1", "I", "UTO", "D23145890", "UTO")
    assert (zone.birth, zone.sex, zone.expiry) == (date(1974, 8, 12), "female", date(2012, 4, 15))
    assert zone.name == "ERIKSSON ANNA MARIA"


def test_a_card_whose_number_goes_on_in_the_optional_data():
    """Doc 9303-5, 4.2.2.1, note j: the first nine characters, a filler, the rest and its check digit."""
    number = "D23145890734"
    first = ("I<UTO" + number[:9] + "<" + number[9:] + check_digit(number)).ljust(30, "<")
    body = "7408122" + "1204159"
    second = "7408122F1204159UTO" + "<" * 11
    second += check_digit(first[5:30] + body + second[18:29])
    assert parse((first, second, TD1_SPECIMEN[2]), today=TODAY).number == number


@given(number=NUMBERS, surname=NAMES, given_names=NAMES, birth=BIRTHS, expiry=EXPIRIES, sex=st.sampled_from("MF"))
def test_what_is_written_by_the_rules_is_read(number, surname, given_names, birth, expiry, sex):
    assume(len(surname) + len("<<") + len(given_names) <= 39)  # longer ones are cut off: Doc 9303-4, 4.2.2
    zone = parse(td3(number=number, surname=surname, given=given_names, birth=birth, expiry=expiry, sex=sex), today=TODAY)
    assert (zone.number, zone.birth, zone.expiry, zone.sex) == (number, birth, expiry, {"M": "male", "F": "female"}[sex])
    assert (zone.surname, zone.given_names) == (surname, given_names)


@given(digits=st.from_regex(r"[HM][0-9]{8}", fullmatch=True), birth=st.dates(date(1900, 1, 1), TODAY), expiry=EXPIRIES)
def test_travel_permits_of_china_are_told_from_other_cards(digits, birth, expiry):
    """The same three lines of 30, in another order; the century of birth is written out."""
    zone = parse(cn_permit(number=digits, surname="CHAN", given="TAI MAN", birth=birth, expiry=expiry, renewals=3), today=TODAY)
    assert (zone.layout, zone.number, zone.birth, zone.expiry, zone.renewals) == ("CN_PERMIT", digits, birth, expiry, 3)
    assert (zone.name, zone.sex, zone.issuing_state) == ("CHAN TAI MAN", "male", "")


@given(place=st.integers(0, 43), char=st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_changed_sign_of_the_second_line_is_never_read_as_another_number(place, char):
    """One sign misread: refused, or nothing that stands under a check digit is different."""
    first, second = TD3_SPECIMEN
    changed = second[:place] + char + second[place + 1 :]
    before = parse((first, second), today=TODAY)
    try:
        zone = parse((first, changed), today=TODAY)
    except InvalidMrz:
        return
    # the check digits are modulo 10: A and K weigh the same, so a letter may hide another one ten places on
    if char.isdigit() and second[place].isdigit():
        assert (zone.number, zone.birth, zone.expiry) == (before.number, before.birth, before.expiry)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=4))
def test_anything_else_is_refused_by_name(lines):
    with pytest.raises(InvalidMrz):
        parse(lines, today=TODAY)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), "lines"),
        ((TD3_SPECIMEN[0],), "lines"),
        ((TD3_SPECIMEN[0], TD3_SPECIMEN[1][:-1]), "lines"),
        ((TD3_SPECIMEN[0].lower(), TD3_SPECIMEN[1]), "characters"),
        ((TD3_SPECIMEN[0], TD3_SPECIMEN[1].replace("6", "٦", 1)), "characters"),
        ((TD3_SPECIMEN[0], TD3_SPECIMEN[1][:-1] + "1"), "check_digit"),
    ],
)
def test_faults_have_names(lines, code):
    assert refusal(lines) == code


def test_a_day_that_does_not_exist_is_refused_though_its_check_digit_fits():
    first, second = td3(number="E1", surname="A", given="B", birth=date(1990, 3, 7), expiry=date(2030, 1, 1))
    body = second.replace("900307" + check_digit("900307"), "900231" + check_digit("900231"))
    body = body[:43] + check_digit(body[0:10] + body[13:20] + body[21:43])
    assert refusal((first, body)) == "date"


def test_a_birth_of_which_only_the_year_is_known_is_left_open():
    """Doc 9303-3, 4.8.1: fillers for the day and the month."""
    first, second = td3(number="E1", surname="A", given="B", birth=date(1990, 3, 7), expiry=date(2030, 1, 1))
    body = second.replace("900307" + check_digit("900307"), "90<<<<" + check_digit("90<<<<"))
    body = body[:43] + check_digit(body[0:10] + body[13:20] + body[21:43])
    assert parse((first, body), today=TODAY).birth is None


@pytest.mark.parametrize(
    ("birth", "read"),
    [
        (TODAY, TODAY),
        (TODAY + timedelta(days=1), date(1926, 11, 25)),
        (date(1927, 1, 1), date(1927, 1, 1)),
        (date(2020, 2, 29), date(2020, 2, 29)),
    ],
)
def test_nobody_is_born_in_the_future(birth, read):
    assert parse(td3(number="E1", surname="A", given="B", birth=birth, expiry=TODAY), today=TODAY).birth == read


def test_a_name_that_fills_its_field_may_go_on():
    cut = parse(td3(number="E1", surname="A" * 20, given="B" * 30, birth=TODAY, expiry=TODAY), today=TODAY)
    assert (cut.cut, len(cut.surname) + len(cut.given_names)) == (True, 37)


def test_errors_do_not_carry_the_input():
    with pytest.raises(InvalidMrz) as caught:
        parse(("X" * 44, "Y" * 44), today=TODAY)
    assert "XXX" not in repr(caught.value) and set(mrz.MESSAGES) >= {caught.value.code}
