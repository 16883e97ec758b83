"""Issuing authorities: what cards print, and nothing else."""

import pytest

from realname.ids.authorities import InvalidAuthority, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("北京市公安局东城分局", "北京市公安局东城分局"),
        (" 喀什 市\u3000公安局 ", "喀什市公安局"),
        ("新疆生产建设兵团第10师(北屯)公安局", "新疆生产建设兵团第10师（北屯）公安局"),
        ("积石山保安族东乡族撒拉族自治县•公安局", "积石山保安族东乡族撒拉族自治县·公安局"),
    ],
)
def test_one_written_form(typed, kept):
    """Kept as it is, but for blanks, width and the form of dot and brackets."""
    assert normalise(typed) == kept
    assert normalise(kept) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" ", "empty"),
        ("公安局", "too_short"),
        ("公" * 61, "too_long"),
        ("');DROP TABLE lines;--", "characters"),
        ("北京市公安局😀", "characters"),
        ("Beijing Police", "characters"),
        ("北京市\u202e公安局", "control_characters"),
    ],
)
def test_anything_else_is_refused_by_name(typed, code):
    with pytest.raises(InvalidAuthority) as refused:
        normalise(typed)
    assert refused.value.code == code
