"""P-REG-1: mobile numbers of mainland China."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import phone
from realname.ids.phone import MESSAGES, SEGMENTS, InvalidPhone, parse

from .strategies import awkward


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "+86 138 0013 8000",
        "0086-138-0013-8000",
        "8613800138000",
        "１３８００１３８０００",
        "(+86)13800138000",
        " 138-0013-8000\n",
    ],
)
def test_writing_does_not_matter(text):
    assert parse(text).number == "13800138000"


@pytest.mark.parametrize(
    ("number", "carrier", "kind"),
    [
        ("13800138000", "mobile", "mobile"),
        ("13480138000", "mobile", "mobile"),
        ("13300138000", "telecom", "mobile"),
        ("13000138000", "unicom", "mobile"),
        ("19200138000", "broadnet", "mobile"),
        ("17000138000", "telecom", "virtual"),
        ("17030138000", "mobile", "virtual"),
        ("17040138000", "unicom", "virtual"),
        ("17100138000", "unicom", "virtual"),
        ("16200138000", "telecom", "virtual"),
        ("16500138000", "mobile", "virtual"),
        ("16700138000", "unicom", "virtual"),
        ("13490138000", "", ""),
        ("13493138000", "telecom", "satellite"),
        ("17405138000", "telecom", "satellite"),
        ("17406138000", "other", "satellite"),
        ("16190138000", "satnet", "satellite"),
    ],
)
def test_names_the_network_and_kind_of_a_segment(number, carrier, kind):
    """MIIT allocation of March 2023; 13490 is allocated to nobody."""
    if not carrier:
        with pytest.raises(InvalidPhone, match="segment"):
            parse(number)
        return
    read = parse(number)
    assert (read.carrier, read.kind) == (carrier, kind)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("1380013800", "length"),
        ("138001380001", "length"),
        ("1380013800012", "length"),
        ("14000138000", "length"),
        ("1" * 100_000, "length"),
        ("1380013800a", "characters"),
        ("13800138000\u202e", "characters"),
        ("١٣٨٠٠١٣٨٠٠٠", "characters"),
        ("+85291234567", "characters"),
        ("12345678901", "segment"),
        ("02112345678", "segment"),
        ("16000138000", "segment"),
        ("14800138000", "iot_not_for_people"),
        ("1440123456789", "iot_not_for_people"),
        ("+86 1400 123456789", "iot_not_for_people"),
    ],
)
def test_refuses(text, code):
    with pytest.raises(InvalidPhone) as caught:
        parse(text)
    assert caught.value.code == code


def test_numbers_of_devices_are_read_where_allowed():
    read = parse("1440123456789", allow_iot=True)
    assert (read.number, read.carrier, read.kind) == ("1440123456789", "mobile", "iot")


def test_no_beginning_is_listed_twice_or_contains_another():
    beginnings = sorted(" ".join(SEGMENTS.values()).split())
    assert not any(after.startswith(before) for before, after in zip(beginnings, beginnings[1:], strict=False))


@given(st.sampled_from(sorted(SEGMENTS)), st.data())
def test_every_number_of_a_listed_segment_is_read(key, data):
    carrier, kind, length = key
    prefix = data.draw(st.sampled_from(SEGMENTS[key].split()))
    rest = data.draw(st.text("0123456789", min_size=length - len(prefix), max_size=length - len(prefix)))
    read = parse("+86" + prefix + rest, allow_iot=True)
    assert (read.number, read.carrier, read.kind) == (prefix + rest, carrier, kind)


@given(awkward)
def test_any_text_is_read_or_refused_by_name(text):
    try:
        parse(text)
    except InvalidPhone as error:
        assert error.code in MESSAGES


@given(awkward)
def test_normalising_twice_changes_nothing(text):
    once = phone.normalise(text)
    assert phone.normalise(once) == once
