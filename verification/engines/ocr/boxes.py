"""Text lines as boxes in the upright frame of their card, without what runs across them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from verification.engines.base import TextLine

_SLANT = 6.0  # degrees off the others: a watermark, not a field
_SLANT_SHORT, _SHORT = 15.0, 1.8  # the same for lines shorter than so many heights
_NUMBER = re.compile(r"\d{15}")


@dataclass(frozen=True, slots=True)
class Box:
    """A line in the upright frame of its card: px, x to the right, y down."""

    text: str
    confidence: float
    left: float
    right: float
    top: float
    bottom: float
    line: TextLine

    @property
    def middle(self) -> float:
        """The height of its middle, px."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """px."""
        return self.bottom - self.top


def boxes_of(lines: Iterable[TextLine]) -> tuple[Box, ...]:
    """The lines from top to bottom. Slanted ones are left out, and what slant remains in the picture is taken out first."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return ()
    lines, slant = _straight(lines)
    return tuple(sorted((_box(line, slant) for line in lines), key=lambda box: box.middle))


def _straight(lines: list[TextLine]) -> tuple[list[TextLine], float]:
    """The lines along the common direction, and that direction in degrees. An ID number's is trusted before all others'."""
    angles = np.array([_angle(line) for line in lines])
    lengths = np.array([np.linalg.norm(line.quad[1] - line.quad[0]) for line in lines])
    if (numbers := [at for at, line in enumerate(lines) if _NUMBER.search(line.text)]) != []:
        common = float(angles[max(numbers, key=lambda at: lengths[at])])
    else:
        order = np.argsort(angles)
        middle = np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)
        common = float(angles[order][min(middle, len(order) - 1)])
    # the direction of one or two characters cannot be told well
    limits = np.array([_SLANT if length > _SHORT * _height(line) else _SLANT_SHORT for line, length in zip(lines, lengths, strict=True)])
    kept = np.abs(angles - common) < limits
    return [line for line, keep in zip(lines, kept, strict=True) if keep], common


def _height(line: TextLine) -> float:
    return float(np.linalg.norm(line.quad[3] - line.quad[0]))


def _angle(line: TextLine) -> float:
    dx, dy = line.quad[1] - line.quad[0]
    return float(np.degrees(np.arctan2(dy, dx)))


def _box(line: TextLine, slant: float) -> Box:
    turn = np.radians(-slant)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    quad = line.quad @ matrix.T
    text = "".join(line.text.split())
    return Box(text, line.confidence, quad[:, 0].min(), quad[:, 0].max(), quad[:, 1].min(), quad[:, 1].max(), line)
