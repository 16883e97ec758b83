"""R-02, R-11: numbers of documents other than the resident ID card."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import passport, permanent_residence, service_card, travel_permits
from realname.ids.citizen_id import check_digit
from realname.ids.errors import InvalidInput
from realname.ids.mrz import check_digit as zone_digit
from realname.ids.written import compact

from .strategies import awkward

TODAY = date(2026, 11, 24)
PARSERS = (
    travel_permits.parse_hk_macao,
    travel_permits.parse_taiwan,
    permanent_residence.parse,
    passport.parse,
    passport.state,
    service_card.parse,
)


def refusal(parse, text: str, **kwargs) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse(text, **kwargs)
    return caught.value.code


@given(st.one_of(awkward, st.text(max_size=200)))
def test_compacting_twice_is_once(text):
    assert compact(compact(text)) == compact(text)


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.one_of(awkward, st.text(max_size=200)))
def test_whatever_is_typed_is_read_or_refused_by_name(parse, text):
    try:
        parse(text)
    except InvalidInput as invalid:
        assert invalid.code in invalid.messages
        assert invalid.args == (invalid.code,)


@pytest.mark.parametrize("parse", PARSERS)
def test_ten_megabytes_are_refused_at_once(parse):
    with pytest.raises(InvalidInput):
        parse("1" * 10_000_000)


class TestHkMacaoPermit:
    @pytest.mark.parametrize("text", ["H12345678", "h 1234 5678", "Ｈ１２３４５６７８", "H-12345678"])
    def test_reads_a_number_however_it_is_written(self, text):
        permit = travel_permits.parse_hk_macao(text)
        assert (permit.number, permit.holder, permit.issued_to, permit.renewals) == ("H12345678", "H12345678", "hong_kong", None)

    def test_older_numbers_count_renewals_behind_the_digits_for_life(self):
        """Ministry of Public Security, 2010-03-10."""
        first, third = travel_permits.parse_hk_macao("M0123456700"), travel_permits.parse_hk_macao("M0123456702")
        assert (first.holder, third.holder, third.renewals, third.issued_to) == ("M01234567", "M01234567", 2, "macao")

    @pytest.mark.parametrize("text", ["", "H1234567", "H123456789", "T12345678", "12345678", "H1234567A", "HH2345678", "H１２三４５６７８"])
    def test_refuses_what_is_none(self, text):
        assert refusal(travel_permits.parse_hk_macao, text) == "hk_macao"


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "H1234567", "1234567B", "1234567890(B)"])
def test_taiwan_permit_refuses_what_is_none(text):
    assert refusal(travel_permits.parse_taiwan, text) == "taiwan"


def test_taiwan_permit_reads_eight_digits():
    assert travel_permits.parse_taiwan(" 0123 4567 ") == "01234567"


def new_card(region="11", nation="840", birth="19900307", order="001") -> str:
    body = f"9{region}{nation}{birth}{order}"
    return body + check_digit(body)


class TestPermanentResidence:
    def test_a_published_example_fits(self):
        """911124198108030024, of the card of 2023: Beijing, Canada, 1981-08-03."""
        card = permanent_residence.parse("911124198108030024", today=TODAY)
        assert (card.form, card.birth, card.warnings) == ("2023", date(1981, 8, 3), ())

    @given(birth=st.dates(date(1900, 1, 1), TODAY), order=st.integers(0, 999))
    def test_reads_what_is_made_by_the_rules(self, birth, order):
        number = new_card(birth=f"{birth:%Y%m%d}", order=f"{order:03d}")
        assert permanent_residence.parse(number.lower(), today=TODAY).birth == birth

    @given(place=st.integers(0, 17), digit=st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_always_found(self, place, digit):
        """ISO 7064 MOD 11-2 finds every single error."""
        number = "911124198108030024"
        if number[place] == digit:
            return
        with pytest.raises(InvalidInput):
            permanent_residence.parse(number[:place] + digit + number[place + 1 :], today=TODAY)

    @pytest.mark.parametrize(
        ("number", "code"),
        [
            (new_card(region="99"), "province"),
            (new_card(birth="19900231"), "birth_date"),
            (new_card(birth="20300101"), "birth_in_future"),
            (new_card()[:17] + ("1" if new_card()[17] != "1" else "2"), "check_digit"),
            ("811124198108030024", "form"),
            ("USA12345678901", "form"),
            ("US1234567890123", "form"),
        ],
    )
    def test_faults_have_names(self, number, code):
        assert refusal(permanent_residence.parse, number, today=TODAY) == code

    def test_an_older_number_whose_check_digit_does_not_fit_is_only_doubted(self):
        """Its rule is known from hearsay: no reason to refuse."""
        body = "KAZ11009012310"
        right, wrong = body + zone_digit(body), body + str((int(zone_digit(body)) + 1) % 10)
        assert permanent_residence.parse(right).warnings == ()
        card = permanent_residence.parse(wrong)
        assert (card.form, card.nationality, card.warnings) == ("2004", "KAZ", ("check_digit",))


class TestPassport:
    @pytest.mark.parametrize(
        ("text", "number"), [("l898902c3", "L898902C3"), ("E 1234 5678", "E12345678"), ("１４１２３４５６７", "141234567"), ("A1", "A1")]
    )
    def test_reads_a_number(self, text, number):
        assert passport.parse(text) == number

    @pytest.mark.parametrize("text", ["", "E123456789", "É1234567", "E1234<567", "护照12345", "E123_4567"])
    def test_refuses_what_fits_no_zone(self, text):
        """Doc 9303-4: nine letters and digits."""
        assert refusal(passport.parse, text) == "number"

    @pytest.mark.parametrize(("text", "code"), [("usa", "USA"), ("D<<", "D"), ("DEU", "D"), ("D", "D"), ("XXA", "XXA"), ("ＵＴＯ", "UTO")])
    def test_reads_a_state(self, text, code):
        assert passport.state(text) == code

    @pytest.mark.parametrize("text", ["", "US", "USAA", "ZZZ", "美国", "U5A"])
    def test_refuses_no_state(self, text):
        assert refusal(passport.state, text) == "state"

    def test_all_states_have_three_letters_but_germany(self):
        assert {state for state in passport.STATES if len(state) != 3} == {"D"}
        assert len(passport.STATES) == 249 + 28


@pytest.mark.parametrize("text", ["军字第1234567号", " 军字第 1234567 号 ", "军字1234567", "军字第１２３４５６７号"])
def test_service_cards_have_one_written_form(text):
    assert service_card.parse(text) == "军字第1234567号"


@pytest.mark.parametrize("text", ["", "1234567", "军字第号", "军1234567", "ABC字第1234567号", "军字第12345678901号"])
def test_service_cards_refuse_what_is_none(text):
    assert refusal(service_card.parse, text) == "form"
