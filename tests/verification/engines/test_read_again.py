"""Which lines of a card are read a second time (P-VER-1): told on a recogniser whose sureness is ours."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from demo.specimens import IdCard
from tests.verification.engines.test_parse import front
from verification.engines.base import LocatedCard
from verification.engines.document.reader import DocumentReader

CARD = IdCard.make(3, name="张三", address="广东省深圳市南山区人民路二十六号金色家园小区3栋401")
FLAT = np.full((646, 1024, 3), 230, np.uint8)


class Scripted:
    """Finds the lines of a card and reads them as they are; `unsure` of those with that text. `again` has what it read with care."""

    name = version = "scripted"

    def __init__(self, *, unsure: str = "", confidence: float = 0.5, careful: dict[str, str] | None = None) -> None:
        self._lines = front(CARD)
        self._unsure, self._confidence, self._careful = unsure, confidence, careful or {}
        self.again: list[str] = []

    def find(self, _bgr, *, careful=False):
        return np.array([line.quad for line in self._lines])

    def read(self, _bgr, quad, *, careful=False):
        line = next(line for line in self._lines if np.array_equal(line.quad, quad))
        if careful:
            self.again.append(line.text)
            return replace(line, text=self._careful.get(line.text, line.text))
        return replace(line, confidence=self._confidence if line.text == self._unsure else line.confidence)


def reading_of(ocr: Scripted):
    located = LocatedCard(FLAT, FLAT, np.zeros((4, 2)), True, 0, 1.0, 1024.0, False, False)
    return DocumentReader(ocr=ocr, locator=SimpleNamespace(version="scripted")).read(FLAT, located=located)


ROWS = [line.text for line in front(CARD) if line.text in "住址" + CARD.address]
WORDS, DIGITS = ROWS[0], ROWS[-1]


def test_of_a_card_read_surely_only_the_name_is_read_again():
    ocr = Scripted()
    assert reading_of(ocr).for_review == ()
    assert ocr.again == ["张三"]


@pytest.mark.parametrize(
    ("row", "confidence", "again"),
    [(WORDS, 0.95, []), (WORDS, 0.85, ROWS), (DIGITS, 0.95, [DIGITS]), (DIGITS, 0.985, [])],
)
def test_digits_of_an_address_are_read_again_sooner_than_words(row, confidence, again):
    """A line of digits alone, for words the whole address."""
    ocr = Scripted(unsure=row, confidence=confidence)
    assert reading_of(ocr).text("address") == CARD.address
    assert ocr.again == ["张三", *again]


def test_where_the_second_reading_lacks_a_digit_a_person_looks():
    reading = reading_of(Scripted(unsure=DIGITS, careful={DIGITS: DIGITS.replace("401", "41")}))
    assert reading.fields["address"].review


def test_where_the_second_reading_of_a_name_is_another_a_person_looks():
    reading = reading_of(Scripted(careful={"张三": "张山"}))
    assert (reading.text("name"), reading.fields["name"].review) == ("张山", True)
