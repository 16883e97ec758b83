"""Typed text is cleaned of what nobody sees, and refused where it would read other than it is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ui.text import BIDI_CONTROLS, BidiControl, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张 三  ", "张 三"),
        ("张\u200b三\ufeff", "张三"),
        ("１１０１０１Ｘ", "110101X"),
        ("a\x00b\tc\r\nd", "a b c d"),
        ("张\u3000三", "张 三"),
        ("", ""),
    ],
)
def test_line_is_cleaned(typed, kept):
    """P-REG-1: full-width, invisible and control characters."""
    assert clean_text(typed) == kept


def test_address_keeps_its_punctuation():
    """Full-width brackets and commas are right in a Chinese address."""
    assert clean_text("朝阳区（东）１号，２室", compatible=False) == "朝阳区（东）１号，２室"


def test_lines_are_kept_where_asked():
    """Line breaks stay, space and empty ends go."""
    assert clean_text("\n 一  二 \r\n三\n", lines=True) == "一 二\n三"


@pytest.mark.parametrize("_case", sorted(BIDI_CONTROLS))
def test_bidirectional_control_is_refused(_case):
    """It is never dropped silently: somebody put it there."""
    with pytest.raises(BidiControl):
        clean_text(f"张{_case}三")


@given(st.text(max_size=200).filter(lambda text: BIDI_CONTROLS.isdisjoint(text)))
def test_cleaning_twice_changes_nothing(text):
    """What is stored is what a second sending of it would store."""
    once = clean_text(text)
    assert clean_text(once) == once
