"""Reads an ID card from a photograph: locate, read quickly, read again with care what needs it, and where fields are missing look again.

The cascade: the quick model reads every line; the careful one reads the name (the quick one passes over characters it doesn't
know), every line that was read unsurely, a line of an address with digits sooner than others, and the lines of fields that contradict
each other or name no place. What the quick model had read is kept beside it: where two readings differ is a doubt of its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from verification.engines.base import DocumentReading, FieldRead, LocatedCard, OcrEngine, Side, TextLine
from verification.engines.clock import Clock
from verification.engines.document.locate import Locator
from verification.engines.document.quad import corners_by_number, warp
from verification.engines.ocr.cascade import CascadeOcr
from verification.engines.ocr.covered import covered
from verification.engines.ocr.doubts import confirmed, doubted
from verification.engines.ocr.parse import LONG_TERM, parse_card
from verification.engines.ocr.strips import sex_row
from verification.engines.sizes import within

WHOLE_SIDE = 1280  # px, the longer side of the whole picture when it is read
_SURE_WAY_UP = 0.88  # an answer of the orientation model below it is tried the other way too
_SURE_AT_ONCE = 0.9  # the quick model's least sure character; above it the standard set had no wrong line (docs/engines/ocr.md)
_SURE_OF_DIGITS = 0.98  # the same for an address' digits, which nothing else on the card confirms
_ALWAYS_WITH_CARE = ("name",)


class DocumentReader:
    """The one engine of both OCR checks and of the document's quality. `locate` is quick, `read` takes 0.2 to 1 s."""

    def __init__(self, folder: Path | None = None, ocr: OcrEngine | None = None, locator: Locator | None = None) -> None:
        self._ocr = ocr or CascadeOcr(folder)
        self._locator = locator or Locator(folder)
        self.name = self._ocr.name
        self.version = f"{self._ocr.version}+{self._locator.version}"

    def locate(self, bgr: np.ndarray) -> LocatedCard:
        """Where the card lies; hand the answer to `read` and to `quality.examine`."""
        return self._locator.locate(bgr)

    def read(self, bgr: np.ndarray, *, located: LocatedCard | None = None) -> DocumentReading:
        """The side and the fields. A picture that is no resident ID card is "other" and has no fields."""
        clock = Clock()
        if located is None:
            with clock.stage("locate"):
                located = self.locate(bgr)
        best = self._read_both_ways(bgr, located, clock)
        if best.located.cut_off:
            # what lies at the edge of the frame may go on beyond it, and be read surely all the same
            best = replace(best, fields={name: replace(field, review=True) for name, field in best.fields.items()})
        return replace(best, milliseconds=clock.milliseconds())

    def shows_card(self, bgr: np.ndarray) -> bool:
        """Is there an ID card in this picture, say in place of a face? One or two quick looks; text on a wall is none."""
        clock, located = Clock(), self.locate(bgr)
        looks = (located.card, _whole(located)) if located.found else (_whole(located),)
        return any(parse_card(self._quickly(picture, clock))[0] != "other" for picture in looks)

    def _read_both_ways(self, bgr: np.ndarray, located: LocatedCard, clock: Clock) -> DocumentReading:
        best = self._read_flat(located, clock)
        if best.side == "other" and (located.turn_confidence < _SURE_WAY_UP or len(best.lines) >= 4):
            best = _fuller(best, self._read_flat(_upside_down(located), clock))
        if best.missing:
            best = _joined(best, self._read_flat(best.located, clock, careful=True))
        whole = best
        if best.located.found and (best.side == "other" or best.missing):
            whole = self._look(_whole(best.located), best.located, clock)
            best = _joined(best, whole)
        if best.missing and (number := _number_line(whole)) is not None:
            flat = warp(_whole(best.located), corners_by_number(number.quad))
            best = _joined(best, self._look(flat, best.located, clock))
        if best.side == "other" and best.located.turned and located.turn_confidence < _SURE_WAY_UP:
            as_it_came = replace(located, upright=bgr, turned=0)
            best = _fuller(best, self._look(_whole(as_it_came), as_it_came, clock))
        return best

    def _read_flat(self, located: LocatedCard, clock: Clock, *, careful: bool = False) -> DocumentReading:
        """The flattened card; where no outline was found, the whole picture in its own proportions."""
        return self._look(located.card if located.found else _whole(located), located, clock, careful=careful)

    def _look(self, picture: np.ndarray, located: LocatedCard, clock: Clock, *, careful: bool = False) -> DocumentReading:
        """One look at a picture; `careful` takes the better of the detectors."""
        lines = self._quickly(picture, clock, careful=careful)
        with clock.stage("parse"):
            side, fields = parse_card(lines)
            again = _needing_care(side, fields, lines)
        if again:
            lines = self._with_care(picture, lines, again, clock)
            with clock.stage("parse"):
                side, fields = parse_card(lines)
        if side == "front" and not {"sex", "ethnicity"} <= set(fields):
            side, fields, lines = self._with_sex_row(picture, fields, lines, clock)
        with clock.stage("parse"):
            fields = _flagged(side, fields, picture)
        return DocumentReading(side=side, fields=fields, located=located, lines=lines)

    def _quickly(self, picture: np.ndarray, clock: Clock, *, careful: bool = False) -> tuple[TextLine, ...]:
        with clock.stage("detect"):
            quads = self._ocr.find(picture, careful=careful)
        with clock.stage("recognise"):
            return tuple(self._ocr.read(picture, quad) for quad in quads)

    def _with_care(self, picture: np.ndarray, lines: Iterable[TextLine], again: set[int], clock: Clock) -> tuple[TextLine, ...]:
        with clock.stage("recognise"):
            return tuple(self._again(picture, line) if id(line) in again else line for line in lines)

    def _again(self, picture: np.ndarray, line: TextLine) -> TextLine:
        return replace(self._ocr.read(picture, line.quad, careful=True), quickly=line)

    def _with_sex_row(
        self, picture: np.ndarray, fields: Mapping[str, FieldRead], lines: tuple[TextLine, ...], clock: Clock
    ) -> tuple[Side, Mapping[str, FieldRead], tuple[TextLine, ...]]:
        """The row of sex and ethnicity read as a whole, where that gives more than the pieces that were found of it."""
        row = sex_row(lines)
        if row is None:
            return "front", fields, lines
        strip, replaced = row
        with clock.stage("recognise"):
            line = self._ocr.read(picture, strip, careful=True)
        others = (*(other for other in lines if id(other) not in replaced), line)
        with clock.stage("parse"):
            side, found = parse_card(others)
        return (side, found, others) if side == "front" and len(found) > len(fields) else ("front", fields, lines)


def _needing_care(side: Side, fields: Mapping[str, FieldRead], lines: tuple[TextLine, ...]) -> set[int]:
    """The ids of the lines to read again."""
    if side == "other":
        return set()
    wanted = DocumentReading(side=side, fields=fields, located=None).missing
    # what is missing may stand in any line that was not read surely
    unsure = {id(line) for line in lines if line.confidence < _SURE_AT_ONCE} if wanted else set()
    names = doubted(side, fields) | {name for name, read in fields.items() if read.confidence < _SURE_AT_ONCE or name in _ALWAYS_WITH_CARE}
    if "valid_to" in fields and fields["valid_to"].text == LONG_TERM:
        names |= {"valid_from", "valid_to"}  # nothing on the card confirms the day it began
    if "address" in fields:
        unsure |= {id(line) for line in fields["address"].lines if line.confidence < _SURE_OF_DIGITS and re.search(r"\d", line.text)}
    return unsure | {id(line) for name in names if name in fields for line in fields[name].lines}


def _flagged(side: Side, fields: Mapping[str, FieldRead], picture: np.ndarray) -> dict[str, FieldRead]:
    """The fields with `review` where they are doubted, something lies on them, or they were read unsurely and nothing confirms them."""
    doubts = doubted(side, fields) | covered(side, fields, picture)
    sure = confirmed(side, fields)
    return {name: replace(read, review=name in doubts or (read.review and name not in sure)) for name, read in fields.items()}


def _number_line(reading: DocumentReading) -> TextLine | None:
    """The line of the ID number, if it holds nothing else."""
    lines = reading.fields["id_number"].lines if "id_number" in reading.fields else ()
    return lines[0] if len(lines) == 1 and len(lines[0].text) == 18 else None


def _whole(located: LocatedCard) -> np.ndarray:
    return within(located.upright, WHOLE_SIDE)[0]


def _upside_down(located: LocatedCard) -> LocatedCard:
    return replace(
        located,
        card=cv2.rotate(located.card, cv2.ROTATE_180),
        upright=cv2.rotate(located.upright, cv2.ROTATE_180),
        quad=np.roll(located.quad, 2, axis=0),
        turned=(located.turned + 180) % 360,
    )


def _fuller(one: DocumentReading, other: DocumentReading) -> DocumentReading:
    return other if len(other.fields) > len(one.fields) or (one.side == "other" and other.side != "other") else one


def _joined(flat: DocumentReading, other: DocumentReading) -> DocumentReading:
    """The flat reading with what only the other gave, or gave without a doubt; the other where the flat one was no card."""
    if flat.side != other.side:
        return _fuller(flat, other)
    better = {
        name: read for name, read in other.fields.items() if name not in flat.fields or (flat.fields[name].review and not read.review)
    }
    return replace(flat, fields={**flat.fields, **better})
