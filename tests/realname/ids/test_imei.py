"""Identities of devices: 3GPP TS 23.003 clause 6.2.1, annex B (R-19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import imei

BODIES = st.from_regex(r"[0-9]{14}", fullmatch=True).filter(lambda body: body != "0" * 14)


def luhn(number: str) -> int:
    """The textbook's sum, from the right; a whole number ends in 0."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10


def test_the_standard_example():
    assert imei.parse("490154203237518") == "490154203237518"
    assert imei.parse(" ４９-015420-323751/8 ") == "490154203237518"


@given(BODIES)
def test_one_digit_fits_and_nine_do_not(body):
    fitting = [digit for digit in "0123456789" if luhn(body + digit) == 0]
    assert fitting == [imei.check_digit(body)]
    assert imei.parse(body + fitting[0]) == body + fitting[0]
    for digit in set("0123456789") - set(fitting):
        with pytest.raises(imei.InvalidImei) as refused:
            imei.parse(body + digit)
        assert refused.value.code == "check_digit"


@given(BODIES, st.integers(0, 13), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(body, place, change):
    whole = body + imei.check_digit(body)
    wrong = whole[:place] + str((int(whole[place]) + change) % 10) + whole[place + 1 :]
    with pytest.raises(imei.InvalidImei):
        imei.parse(wrong)


@given(st.text(max_size=80))
def test_any_text_is_an_imei_or_refused(text):
    try:
        read = imei.parse(text)
    except imei.InvalidImei as refused:
        assert str(refused.message)
    else:
        assert len(read) == 15 and read.isascii() and luhn(read) == 0


@pytest.mark.parametrize("text", ["", "49015420323751", "4901542032375180", "0" * 15, "49015420323751a", "٤٩٠١٥٤٢٠٣٢٣٧٥١٨x", "4" * 10_000])
def test_what_is_no_imei(text):
    with pytest.raises(imei.InvalidImei) as refused:
        imei.parse(text)
    assert refused.value.code == "form"


@given(BODIES, st.sampled_from(["", "0", "7", "01", "99"]))
def test_a_network_sees_the_device_with_or_without_check_digit_or_with_its_software(body, tail):
    assert imei.seen(body + tail) == body


@pytest.mark.parametrize("text", ["", "4901542032375", "49015420323751801", "49015420323751x"])
def test_what_no_network_sees(text):
    with pytest.raises(imei.InvalidImei):
        imei.seen(text)


def test_models_and_masks():
    assert imei.parse_tac(" 8615 3603") == "86153603"
    for wrong in ("8615360", "861536030", "00000000", "8615360x"):
        with pytest.raises(imei.InvalidImei):
            imei.parse_tac(wrong)
    assert imei.mask("861536030196001") == "86153603*****01"
