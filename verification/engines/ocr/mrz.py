"""Reads machine-readable zones (ICAO Doc 9303) off photographs of passports and permits.

Lines are found and read as any others are; a zone is what can be taken apart with every check digit right (`realname.ids.mrz`). Two
things are settled by the layout before that, since print does not tell them: how many fillers a run has, by the length of the line,
and O from 0, where a field holds letters only or digits only. Check digits validate; they are never used to mend what was read.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import cv2
import numpy as np

from realname.ids import mrz
from realname.ids.mrz import FILLER, InvalidMrz, MachineReadableZone
from realname.ids.passport import STATES
from verification.engines.base import LocatedCard, OcrEngine, TextLine
from verification.engines.clock import Clock
from verification.engines.document.locate import Locator
from verification.engines.ocr.cascade import CascadeOcr
from verification.engines.sizes import within

WHOLE_SIDE = 1600  # px, the longer side of the picture when it is read: a line of 44 then has some 30 px a character
_SLIM = 10.0  # a line of 30 characters is about eighteen times as long as it is high, of 44 twenty; nothing else on a page is
_MODELS = 2  # each line is read by both
_SHORTEST = 24  # characters; fillers may be lost, thirty are wanted
_RUN = re.compile(r"<{3,}")
# other signs for the filler that recognisers give
_FILLERS = str.maketrans({**dict.fromkeys("＜〈‹〈く", FILLER), **dict.fromkeys("《«≪", FILLER * 2)})
_TO_LETTERS, _TO_DIGITS = str.maketrans("0", "O"), str.maketrans("O", "0")
# where a line holds letters only and digits only, by (line, size, lines)
_TD3 = {"letters": {0: [(0, 44)], 1: [(10, 13), (20, 21)]}, "digits": {1: [(9, 10), (13, 20), (21, 28), (43, 44)]}}
_TD1 = {"letters": {0: [(0, 5)], 1: [(7, 8), (15, 18)], 2: [(0, 30)]}, "digits": {1: [(0, 7), (8, 15), (29, 30)]}}
_CN_PERMIT = {"letters": {0: [(0, 2), (22, 23)], 1: [(18, 19)], 2: [(0, 30)]}, "digits": {0: [(11, 22), (23, 30)], 1: [(28, 30)]}}
_LAYOUTS = {44: (_TD3,), 30: (_TD1, _CN_PERMIT)}


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """The zone of a photograph, None where none was read with all its check digits right.

    `doubtful` names what both models do not read alike: "names" and the "rest" (sex and states), which stand under no check digit, and
    "number", where a letter and a digit may weigh the same (G and 6, S and 8, L and 1). `confidence` is that of the least sure
    character, `lines` what the zone came from, `turned` the clockwise turn in degrees that brings the document upright.
    `milliseconds` as in DocumentReading.
    """

    zone: MachineReadableZone | None
    doubtful: frozenset[str]
    confidence: float
    turned: int
    lines: tuple[TextLine, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)


class ZoneReader:
    """The one engine of zones: half a second where there is one, some two where there is none."""

    def __init__(self, folder: Path | None = None, ocr: OcrEngine | None = None, locator: Locator | None = None) -> None:
        self._ocr = ocr or CascadeOcr(folder)
        self._locator = locator or Locator(folder)
        self.name = f"mrz+{self._ocr.name}"
        self.version = f"1+{self._ocr.version}+{self._locator.version}"

    def read(self, bgr: np.ndarray, *, located: LocatedCard | None = None, today: date | None = None) -> ZoneReading:
        """Look for a zone: upright, with care, then upside down. `located` comes from the same `bgr`."""
        clock = Clock()
        if located is None:
            with clock.stage("locate"):
                located = self._locator.locate(bgr)
        upright = within(located.upright, WHOLE_SIDE)[0]
        looks = ((upright, 0, False), (upright, 0, True), (cv2.rotate(upright, cv2.ROTATE_180), 180, True))
        for picture, over, careful in looks:
            found = self._look(picture, clock, careful=careful, today=today)
            if found is not None:
                confidence = min(line.confidence for line in found.lines)
                turned = (located.turned + over) % 360
                return ZoneReading(found.zone, found.doubtful, round(confidence, 4), turned, found.lines, clock.milliseconds())
        return ZoneReading(None, frozenset(), 0.0, located.turned, (), clock.milliseconds())

    def _look(self, picture: np.ndarray, clock: Clock, *, careful: bool, today: date | None) -> "FoundZone | None":
        with clock.stage("detect"):
            quads = _slim(self._ocr.find(picture, careful=careful))
        if len(quads) < 2:
            return None
        with clock.stage("recognise"):
            # each line as both models read it: the quick one first, since it is right as a rule
            read = [[self._ocr.read(picture, quad, careful=model) for model in (False, True)] for quad in _of_one_width(quads)]
        with clock.stage("parse"):
            return zone_of(read, today=today)


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A zone, the lines it came from, and what other readings of these lines say otherwise."""

    zone: MachineReadableZone
    lines: tuple[TextLine, ...]
    doubtful: frozenset[str]


def zone_of(read: Sequence[Sequence[TextLine]], *, today: date | None = None) -> FoundZone | None:
    """The zone in lines from top to bottom, each in its several readings: two or three that follow each other and fit together."""
    kept = [[line for line in readings if len(tidy(line.text)) >= _SHORTEST] for readings in read]
    for count, size in ((2, 44), (3, 30)):
        # a zone is at the foot of its page
        for first in range(len(kept) - count, -1, -1):
            readings = kept[first : first + count]
            fitting = [
                (zone, lines)
                for lines in itertools.product(*readings)
                if (zone := _parsed([line.text for line in lines], size, today)) is not None
            ]
            if fitting:
                zone, lines = fitting[0]
                return FoundZone(zone, lines, _doubtful(readings, fitting))
    return None


def _doubtful(
    readings: Sequence[Sequence[TextLine]], fitting: Sequence[tuple[MachineReadableZone, tuple[TextLine, ...]]]
) -> frozenset[str]:
    """What not all readings say alike. A line of which one reading is in no zone that fits says nothing alike."""
    zone, _lines = fitting[0]
    used = {id(line) for _zone, lines in fitting for line in lines}
    names_at, number_at = (0, 1) if zone.layout == "TD3" else (2, 0)
    lone = {at for at, line in enumerate(readings) if len(line) < _MODELS or any(id(one) not in used for one in line)}
    differ = {
        "names": names_at in lone or len({(other.surname, other.given_names) for other, _ in fitting}) > 1,
        "number": number_at in lone or len({other.number for other, _ in fitting}) > 1,
        "rest": bool(lone) or len({(other.sex, other.issuing_state, other.nationality) for other, _ in fitting}) > 1,
    }
    return frozenset(name for name, doubted in differ.items() if doubted)


def tidy(text: str) -> str:
    """A line's text in the signs of a zone, as far as its signs are other forms of these."""
    return "".join(text.split()).translate(_FILLERS).upper()


def fitted(text: str, size: int) -> str | None:
    """The line at `size` characters: its longest run of fillers made longer or shorter. None where it has none, or has too many others."""
    missing = size - len(text)
    if missing == 0:
        return text
    runs = list(_RUN.finditer(text))
    if not runs:
        return None
    longest = max(runs, key=lambda run: run.end() - run.start())
    length = longest.end() - longest.start() + missing
    return text[: longest.start()] + FILLER * length + text[longest.end() :] if length >= 1 else None


def _parsed(texts: Iterable[str], size: int, today: date | None) -> MachineReadableZone | None:
    lines = [fitted(tidy(text), size) for text in texts]
    if None in lines:
        return None
    for layout in _LAYOUTS[size]:
        try:
            zone = mrz.parse([_as_laid_out(line, at, layout) for at, line in enumerate(lines)], today=today)
        except InvalidMrz:
            continue
        # a sign lost at the beginning of the first line moves all that follows, and no check digit stands over it
        if zone.layout == "CN_PERMIT" or {zone.issuing_state, zone.nationality} <= STATES:
            return zone
    return None


def _as_laid_out(line: str, at: int, layout: Mapping[str, Mapping[int, Sequence[tuple[int, int]]]]) -> str:
    """O and 0 as the layout has it, where it leaves no choice."""
    for table, kind in ((_TO_LETTERS, "letters"), (_TO_DIGITS, "digits")):
        for start, end in layout[kind].get(at, ()):
            line = line[:start] + line[start:end].translate(table) + line[end:]
    return line


def _slim(quads: np.ndarray) -> list[np.ndarray]:
    """The long lines, in their order."""
    return [quad for quad in quads if np.linalg.norm(quad[1] - quad[0]) > _SLIM * np.linalg.norm(quad[3] - quad[0])]


def _of_one_width(quads: Sequence[np.ndarray]) -> Iterator[np.ndarray]:
    """The lines, each as wide as the widest: runs of fillers at an end may not have been found."""
    left = min(float(quad[:, 0].min()) for quad in quads)
    right = max(float(quad[:, 0].max()) for quad in quads)
    for quad in quads:
        along = (quad[1] - quad[0]) / np.linalg.norm(quad[1] - quad[0])
        # half of what is missing at most on a slant: the line goes on in its own direction
        start, end = (left - float(quad[0, 0])) / along[0], (right - float(quad[1, 0])) / along[0]
        yield np.array([quad[0] + along * start, quad[1] + along * end, quad[2] + along * end, quad[3] + along * start], np.float32)
