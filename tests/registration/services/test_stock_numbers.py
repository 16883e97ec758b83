"""What the operator takes into stock: all of a list or none of it, and twice is once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from realname.access.actor import SYSTEM
from realname.ids.phone import InvalidPhone
from realname.trail.models import Event
from registration.errors import StockRefused
from registration.models import Number
from registration.services import stock_numbers as stocking
from registration.services.stock_numbers import numbers_between, numbers_in_file, stock_numbers
from registration.states import NumberStatus, Pattern

pytestmark = pytest.mark.django_db


def stock(numbers, region: str = "") -> int:
    return stock_numbers(actor=SYSTEM, numbers=numbers, region=region)


def test_they_can_be_chosen_and_searched_by_their_digits():
    assert stock(["+86 192 0000 8888", "19200001234", "19200001234"], region="北京") == 2
    eights = Number.objects.get(number="19200008888")
    assert (eights.status, eights.stocked, eights.pattern, eights.has_four, eights.mirrored, eights.region) == (
        NumberStatus.AVAILABLE, True, Pattern.EIGHTS, False, "88880000291", "北京",
    )  # fmt: skip
    assert Number.objects.get(number="19200001234").has_four
    event = Event.objects.get(name="numbers.stocked")
    assert event.data == {"segments": ["192"], "listed": 2, "added": 2, "region": "北京"}


def test_twice_is_once():
    assert [stock(["19200000001", "19200000002"]), stock(["19200000002", "19200000003"])] == [2, 1]
    assert Number.objects.count() == 3


@pytest.mark.parametrize("bad", ["12345678901", "1920000000", "1480000000123", "abc", "", "1" * 100, "=1+1"])
def test_one_bad_number_and_none_is_taken(bad):
    with pytest.raises(InvalidPhone):
        stock(["19200000001", bad])
    assert not Number.objects.exists()
    assert not Event.objects.filter(name="numbers.stocked").exists()


def test_numbers_for_devices_are_kept_apart_by_their_range():
    """R-19."""
    assert stock(["14800000001", "1440000000001", "19200000001"]) == 3
    assert set(Number.objects.filter(of_things=True).values_list("number", flat=True)) == {"14800000001", "1440000000001"}
    assert [row.number for row in Number.objects.available()] == ["19200000001"]


def test_no_numbers_are_no_list():
    with pytest.raises(StockRefused):
        stock([])


def test_too_many_are_refused_before_any_is_taken(monkeypatch):
    monkeypatch.setattr(stocking, "MOST", 3)
    with pytest.raises(StockRefused) as refusal:
        stock(numbers_between("19200000001", "19200000003") + ["19200000004"])
    assert refusal.value.code == "stock_too_large"
    assert not Number.objects.exists()


def test_a_range_has_both_ends():
    assert numbers_between("19200000009", "19200000011") == ["19200000009", "19200000010", "19200000011"]


@pytest.mark.parametrize(
    ("first", "last"), [("19200000002", "19200000001"), ("19200000000", "19200100000"), ("19199999999", "19200000001")]
)
def test_a_range_is_forward_of_one_segment_and_not_endless(first, last):
    with pytest.raises(StockRefused) as refusal:
        numbers_between(first, last)
    assert refusal.value.code == "stock_range"


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (b"19200000001\n19200000002\n", ["19200000001", "19200000002"]),
        (b"\xef\xbb\xbfnumber,region\r\n19200000001,x\r\n\r\n", ["19200000001"]),
        ("号码\n 19200000001 \n".encode(), ["19200000001"]),
        (b'"19200000001","a, b"\n', ["19200000001"]),
        (b"", []),
        (b"number\n", []),
    ],
)
def test_a_file_is_its_first_column(content, numbers):
    assert numbers_in_file(content) == numbers


@pytest.mark.parametrize("content", ["号码\n19200000001\n".encode("utf-16"), "号码\n".encode("gb18030"), b"\xff\xfe\x00", b"a" * 200_000])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(StockRefused):
        numbers_in_file(content)


class TestCommand:
    """`manage.py numbers`."""

    def run(self, *args: str) -> str:
        out = StringIO()
        call_command("numbers", *args, stdout=out)
        return out.getvalue()

    def test_load_and_list(self, tmp_path):
        file = tmp_path / "numbers.csv"
        file.write_text("number\n19200008888\n")
        assert self.run("load", "--range", "19200000001", "19200000010") == "10 numbers listed, 10 new in stock.\n"
        assert self.run("load", "--file", str(file)) == "1 numbers listed, 1 new in stock.\n"
        assert "available             11" in self.run("list")
        assert self.run("list", "--ending", "88").splitlines()[-1] == "19200008888  eights"

    @pytest.mark.parametrize("args", [[], ["--range", "1", "2"], ["--file", "/nowhere/at/all.csv"]])
    def test_a_refusal_is_one_sentence(self, args):
        with pytest.raises(CommandError) as error:
            self.run("load", *args)
        assert str(error.value)
        assert not Number.objects.exists()
