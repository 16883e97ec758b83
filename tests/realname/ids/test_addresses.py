"""P-REG-1: addresses."""

import pytest
from hypothesis import given

from realname.ids.addresses import MESSAGES, InvalidAddress, normalise

from .strategies import awkward


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("广东省深圳市南山区科苑路１号", "广东省深圳市南山区科苑路1号"),
        (" 上海市\r\n浦东新区　世纪大道 ", "上海市 浦东新区 世纪大道"),
        ("幸福路(东段)，2#楼－3", "幸福路(东段)，2#楼-3"),
        ("\U0002a6b2镇人民路1号", "\U0002a6b2镇人民路1号"),
    ],
)
def test_evens_the_writing(text, address):
    assert normalise(text) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("某路1号", "too_short"),
        ("路" * 121, "too_long"),
        ("路" * 100_000, "too_long"),
        ("上海市<script>路1号", "characters"),
        ("上海市世纪大道😀", "characters"),
        ("上海市世纪\u202e大道", "control_characters"),
        ("上海市世纪\u200d大道", "control_characters"),
        ("上海市世纪\x07大道", "control_characters"),
    ],
)
def test_refuses(text, code):
    with pytest.raises(InvalidAddress) as caught:
        normalise(text)
    assert caught.value.code == code


@given(awkward)
def test_any_text_is_read_or_refused_by_name_and_normalising_twice_changes_nothing(text):
    try:
        once = normalise(text)
    except InvalidAddress as error:
        assert error.code in MESSAGES
    else:
        assert normalise(once) == once
