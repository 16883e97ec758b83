"""R-02: every type of Order 25, art. 7, with its own validator, form and photographs; a new one is one file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids.errors import InvalidInput
from registration import documents
from registration.documents import document_type, identity_text, types
from registration.models import Application
from registration.services.correct_details import Details
from registration.states import CaptureKind
from registration.web.details_form import DetailsForm
from tests.factories.documents import details, new_number

CODES = [one.code for one in types()]


def test_the_types_of_the_law_are_all_there_with_the_resident_card_first():
    assert CODES == [
        "resident_id_card",
        "temporary_id_card",
        "household_register",
        "residence_permit",
        "hk_macao_travel_permit",
        "taiwan_travel_permit",
        "permanent_residence_card",
        "foreign_passport",
        "military_id",
        "armed_police_id",
    ]
    assert CODES[0] == documents.DEFAULT


@pytest.mark.parametrize("code", CODES)
def test_each_names_its_sources_and_what_stands_in_for_a_machine(code):
    document = document_type(code)
    assert document.sources
    # nothing passes unseen: what no machine reads, asks or compares is a reviewer's
    wholly_by_machine = document.read_by_machine and document.registry and document.portrait
    assert bool(document.by_eye) == (not wholly_by_machine)


@pytest.mark.parametrize("code", CODES)
def test_its_fields_and_photographs_exist(code):
    document = document_type(code)
    assert set(document.field_names) <= set(Details.__annotations__) & {field.name for field in Application._meta.fields}
    assert set(document.normalise) <= set(document.field_names)
    assert {"name", "sex", "birth", "id_number"} <= set(document.field_names)
    assert document.images and len(set(document.kinds)) == len(document.kinds)
    assert set(document.kinds) <= {CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK}
    assert document.portrait is None or document.portrait in document.kinds
    assert list(DetailsForm(document=document).fields)


@pytest.mark.parametrize("code", CODES)
def test_each_reads_its_own_numbers(code):
    number = new_number(code)
    assert document_type(code).number.parse(f" {number.lower()} ").text == number


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("other", CODES)
def test_each_refuses_the_numbers_of_others(code, other):
    """But for those of one form: of citizens, of soldiers and armed police, and what a passport may be numbered like."""
    same_form = document_type(code).number.engine == document_type(other).number.engine and "travel" not in code
    kinds = {"residence_permit"}
    if (same_form and (code in kinds) == (other in kinds)) or code == other:
        return
    number = new_number(other)
    if code == "foreign_passport" and len(number) <= 9 and number.isascii():
        return
    with pytest.raises(InvalidInput):
        document_type(code).number.parse(number)


@given(st.sampled_from(CODES), st.text(max_size=40))
def test_whatever_is_typed_as_a_number_is_read_or_refused_by_name(code, text):
    try:
        document_type(code).number.parse(text)
    except InvalidInput as invalid:
        assert str(invalid.message)


def test_citizens_share_one_space_of_numbers_and_passports_have_one_for_each_state():
    """P-REG-5: who comes again with another document of the same number is the same person."""
    number = "11010119900307001X"
    of_citizens = {identity_text(number, code, None) for code in ("resident_id_card", "temporary_id_card", "household_register")}
    assert of_citizens == {number}
    assert identity_text("E1", "foreign_passport", "USA") != identity_text("E1", "foreign_passport", "CAN")
    assert identity_text("12345678", "foreign_passport", "USA") != identity_text("12345678", "taiwan_travel_permit", None)


def test_a_renewed_travel_permit_is_the_same_person():
    """Ministry of Public Security 2010-03-10: the first nine characters stay."""
    texts = {identity_text(number, "hk_macao_travel_permit", None) for number in ("H1234567800", "H1234567801", "H12345678")}
    assert len(texts) == 1


def test_a_name_twice_is_a_fault_at_start():
    with pytest.raises(ValueError, match="resident_id_card"):
        documents.register(document_type("resident_id_card"))


@pytest.mark.parametrize("code", CODES)
def test_the_dates_of_the_factories_fit_the_rules(code):
    rule, entered = document_type(code).validity, details(code)
    assert rule is None or rule.fits(entered["valid_from"], entered["valid_to"], entered["birth"])


BIRTH = date(1990, 3, 7)


@pytest.mark.parametrize(
    ("code", "begin", "end", "birth", "fits"),
    [
        # Resident Identity Card Law, art. 5: by age at issue
        ("resident_id_card", date(2005, 5, 1), date(2010, 5, 1), BIRTH, True),  # 15
        ("resident_id_card", date(2007, 5, 1), date(2017, 5, 1), BIRTH, True),  # 17
        ("resident_id_card", date(2016, 6, 30), date(2036, 6, 30), BIRTH, True),  # 26
        ("resident_id_card", date(2036, 6, 30), None, BIRTH, True),  # 46
        ("resident_id_card", date(2016, 6, 30), date(2026, 6, 30), BIRTH, False),
        ("resident_id_card", date(2016, 6, 30), None, BIRTH, False),
        ("resident_id_card", date(2036, 6, 30), date(2056, 6, 30), BIRTH, False),
        # made out at 25, issued at 26: art. 12 gives up to 90 days for the making
        ("resident_id_card", date(2016, 4, 1), date(2026, 4, 1), BIRTH, True),
        ("resident_id_card", date(2024, 2, 29), date(2044, 2, 29), BIRTH, True),
        ("resident_id_card", date(2020, 3, 1), date(2040, 3, 2), BIRTH, False),
        # three months, and never without an end
        ("temporary_id_card", date(2026, 10, 1), date(2027, 1, 1), BIRTH, True),
        ("temporary_id_card", date(2026, 10, 1), date(2027, 1, 2), BIRTH, False),
        ("temporary_id_card", date(2026, 10, 1), date(2026, 10, 1), BIRTH, False),
        ("temporary_id_card", date(2026, 10, 1), None, BIRTH, False),
        ("residence_permit", date(2024, 1, 1), date(2029, 1, 1), BIRTH, True),
        ("residence_permit", date(2024, 1, 1), date(2034, 1, 1), BIRTH, False),
        ("hk_macao_travel_permit", date(2024, 1, 1), date(2033, 12, 31), BIRTH, True),
        ("hk_macao_travel_permit", date(2024, 1, 1), date(2044, 1, 1), BIRTH, False),
        ("taiwan_travel_permit", date(2024, 1, 1), date(2028, 12, 31), BIRTH, True),
        ("permanent_residence_card", date(2024, 1, 1), date(2034, 1, 1), BIRTH, True),
        ("permanent_residence_card", date(2024, 1, 1), None, BIRTH, False),
    ],
)
def test_spans_of_time(code, begin, end, birth, fits):
    assert document_type(code).validity.fits(begin, end, birth) is fits
