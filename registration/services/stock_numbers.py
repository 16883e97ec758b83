"""The operator takes numbers into stock: a range, or a list."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.db import transaction

from realname.access.actor import Actor
from realname.ids import phone as phones
from realname.trail import record
from realname.trail.subject import SubjectRef
from registration.errors import StockRefused
from registration.locks import lock_stocking
from registration.models import Number
from registration.patterns import SEGMENT, facts_of
from registration.states import NumberStatus

MOST = 100_000
BATCH = 2_000


@transaction.atomic
def stock_numbers(*, actor: Actor, numbers: Iterable[str], region: str = "") -> int:
    """Take these numbers into stock; answers how many are new there. Done twice it adds nothing.

    A number that somebody brought is in stock from now on: given out once its holder has left it and it has rested.
    Numbers of devices are kept apart by their range. All or nothing. Raises phones.InvalidPhone, StockRefused (more than MOST, or none).
    """
    parsed = sorted({phones.parse(number, allow_iot=True).number for number in _at_most(numbers)})
    if not parsed:
        raise StockRefused("stock_not_readable")
    lock_stocking()
    added = sum(_stock(parsed[start : start + BATCH], region) for start in range(0, len(parsed), BATCH))
    beginnings = sorted({number[:SEGMENT] for number in parsed})
    record(
        "numbers.stocked",
        actor=actor,
        subject=SubjectRef(kind="stock", id=beginnings[0]),
        data={"segments": beginnings, "listed": len(parsed), "added": added, "region": region},
    )
    return added


def numbers_between(first: str, last: str) -> list[str]:
    """All numbers of a range, both ends with it. Raises phones.InvalidPhone, StockRefused (backwards, too long, of two segments)."""
    begin, end = (phones.parse(one, allow_iot=True).number for one in (first, last))
    if begin[:SEGMENT] != end[:SEGMENT] or not 0 <= int(end) - int(begin) < MOST:
        raise StockRefused("stock_range")
    return [str(number) for number in range(int(begin), int(end) + 1)]


def numbers_in_file(content: bytes) -> list[str]:
    """The numbers in the first column of a CSV file in UTF-8, with or without a heading. Raises StockRefused, phones.InvalidPhone."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise StockRefused("stock_not_readable") from None
    cells = [row[0].strip() for row in rows if row and row[0].strip()]
    # a heading is what has no digit
    return cells[1:] if cells and not any(char.isdecimal() for char in cells[0]) else cells


def _at_most(numbers: Iterable[str]) -> Iterator[str]:
    for count, number in enumerate(numbers):
        if count >= MOST:
            raise StockRefused("stock_too_large")
        yield number


def _stock(numbers: list[str], region: str) -> int:
    known = Number.objects.filter(number__in=numbers, stocked=True).count()
    Number.objects.bulk_create([Number(**facts_of(number), region=region) for number in numbers], ignore_conflicts=True)
    # those that somebody brought, even a moment ago
    brought = Number.objects.filter(number__in=numbers, stocked=False)
    brought.filter(status=NumberStatus.ELSEWHERE).update(status=NumberStatus.AVAILABLE)
    brought.update(stocked=True, region=region)
    return len(numbers) - known
