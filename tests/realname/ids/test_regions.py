"""R-11: GB/T 2260, with withdrawn codes."""

from datetime import date

import pytest
from hypothesis import given

from realname.ids import regions

from .strategies import awkward


def test_names_province_city_and_county():
    region = regions.lookup("440305")
    assert region.names == ("广东省", "深圳市", "南山区")
    assert (region.listed, region.since, region.until) == (True, 1990, None)


def test_a_code_used_twice_has_the_name_of_its_time():
    """419001 was 义马市 1986-1994 and is 济源市 since 1997."""
    assert regions.lookup("419001", date(1990, 1, 1)).county == "义马市"
    assert regions.lookup("419001", date(2000, 1, 1)).county == "济源市"
    assert regions.lookup("419001").county == "济源市"


def test_before_the_first_name_and_between_two_the_next_name_is_given():
    assert regions.lookup("419001", date(1960, 1, 1)).county == "义马市"
    assert regions.lookup("419001", date(1995, 6, 1)).county == "济源市"


def test_in_force_asks_for_any_year_of_the_span():
    assert regions.in_force("110103", date(1990, 1, 1), date(2026, 1, 1))
    assert not regions.in_force("110103", date(2011, 1, 1), date(2026, 1, 1))
    assert not regions.in_force("999999", date(1900, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize("code", ["", "1", "11", "9", "990000", "710000", "81", "810001", "1101010"])
def test_what_is_no_region_is_none(code):
    assert regions.lookup(code) is None


@pytest.mark.parametrize(
    ("address", "split"),
    [
        ("广东省深圳市南山区科苑路1号", ("广东省", "深圳市")),
        ("北京市朝阳区菜市场路", ("北京市", "")),
        ("北京朝阳区", ("北京", "")),
        ("深圳市南山区", ("", "深圳市")),
        ("湖北省恩施土家族苗族自治州", ("湖北省", "恩施土家族苗族自治州")),
        ("某路1号", ("", "")),
    ],
)
def test_splits_province_and_city_off_an_address(address, split):
    assert regions.split_address(address) == split


@given(awkward)
def test_any_text_is_looked_up_without_error(text):
    regions.lookup(text)
    assert text.startswith("".join(regions.split_address(text)))
