"""P-ALL-1: masked by default."""

import pytest
from hypothesis import given

from realname import masking
from realname.ids import regions

from .ids.strategies import awkward, citizen_numbers


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*丰"),
        ("张 三", "张*"),
        ("欧阳修文", "欧**文"),
        ("买买提·吐尔逊", "买**·**逊"),
        ("阿卜杜拉•艾则孜", "阿***·**孜"),
        ("𠮷田三", "𠮷*三"),
        ("John Smith", "J*** S****"),
        ("John Quincy Smith", "J*** Q***** *****"),
        ("张·三", "张·*"),
        ("J S", "J *"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_names(name, masked):
    assert masking.mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110*************2X"),
        ("110105491231002", "110**********02"),
        ("E12345678", "E******78"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_id_numbers(number, masked):
    assert masking.mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138000", "138****8000"),
        ("+86 138 0013 8000", "138****8000"),
        ("1440123456789", "144******6789"),
        ("02188", "*****"),
        ("6543210", "*****10"),
        ("", ""),
    ],
)
def test_phones(phone, masked):
    assert masking.mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("广东省深圳市南山区科苑路1号", "广东省深圳市******"),
        ("北京市朝阳区菜市场路2号", "北京市******"),
        ("某某村3号", "******"),
        ("", ""),
    ],
)
def test_addresses(address, masked):
    assert masking.mask_address(address) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("zhangsan@example.com", "z***@example.com"),
        ("a@example.com", "***@example.com"),
        ("zhangsan", "***"),
        ("zhangsan@<b>", "***"),
        ("", ""),
    ],
)
def test_emails(email, masked):
    assert masking.mask_email(email) == masked


@given(citizen_numbers())
def test_an_id_number_never_shows_the_birth_date(number):
    masked = masking.mask_id_number(number)
    assert masked[3:16] == "*" * 13


@given(awkward)
def test_no_text_shows_more_than_its_share_or_anything_dangerous(text):
    """At most 2 characters of a name, 5 of an ID number, 7 of a phone number, 1 before the @; of an address only public names."""
    shown = {
        masking.mask_name: 2,
        masking.mask_id_number: 5,
        masking.mask_phone: 7,
    }
    for mask, most in shown.items():
        masked = mask(text)
        visible = [char for char in masked if char not in "* ·"]
        assert len(visible) <= most
        assert all(char.isalnum() for char in visible)
        assert len(masked) <= masking.LONGEST_MASK
    assert len(masking.mask_email(text).partition("@")[0].replace("*", "")) <= 1
    public = masking.mask_address(text).replace("*", "")
    assert public == "".join(regions.split_address(public))


@given(awkward)
def test_a_whole_value_is_never_shown(text):
    for mask in (masking.mask_name, masking.mask_id_number, masking.mask_phone, masking.mask_address, masking.mask_email):
        if text.strip(" ·\t\n　") and "*" not in text:
            assert mask(text) != text
