"""Groups text lines into the rows a reader sees, and drops what runs across them."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from verification.engines.base import TextLine

_SLANT = 12.0  # degrees off the others: a watermark, not a field


@dataclass(frozen=True, slots=True)
class Box:
    """A line in the upright frame of its card: px, x to the right, y down."""

    text: str
    confidence: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle, px."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """px."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes side by side, from left to right."""

    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        """All its text without spaces."""
        return "".join(box.text for box in self.boxes)

    @property
    def confidence(self) -> float:
        """That of its least sure box."""
        return min(box.confidence for box in self.boxes)

    @property
    def middle(self) -> float:
        """The height of its middle, px."""
        return float(np.mean([box.middle for box in self.boxes]))


def rows_of(lines: Iterable[TextLine]) -> tuple[Row, ...]:
    """The rows from top to bottom. Slanted lines are left out, and what slant remains in the picture is taken out first."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return ()
    lines, slant = _straight(lines)
    boxes = sorted((_box(line, slant) for line in lines), key=lambda box: box.middle)
    rows: list[list[Box]] = []
    for box in boxes:
        if rows and _same_row(rows[-1], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(Row(tuple(sorted(row, key=lambda box: box.left))) for row in rows)


def _same_row(row: list[Box], box: Box) -> bool:
    """Its middle lies within the row's text. A box above another in the same columns begins a new row."""
    middle = float(np.mean([other.middle for other in row]))
    height = min(min(other.height for other in row), box.height)
    overlaps = any(min(other.right, box.right) - max(other.left, box.left) > 0.5 * (box.right - box.left) for other in row)
    return abs(box.middle - middle) < (0.3 if overlaps else 0.55) * height


def _straight(lines: list[TextLine]) -> tuple[list[TextLine], float]:
    """The lines along the common direction, and that direction in degrees."""
    angles = np.array([_angle(line) for line in lines])
    lengths = np.array([np.linalg.norm(line.quad[1] - line.quad[0]) for line in lines])
    order = np.argsort(angles)
    middle = np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)
    common = float(angles[order][min(middle, len(order) - 1)])
    return [line for line, angle in zip(lines, angles, strict=True) if abs(angle - common) < _SLANT], common


def _angle(line: TextLine) -> float:
    dx, dy = line.quad[1] - line.quad[0]
    return float(np.degrees(np.arctan2(dy, dx)))


def _box(line: TextLine, slant: float) -> Box:
    turn = np.radians(-slant)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    quad = line.quad @ matrix.T
    text = "".join(line.text.split())
    return Box(text, line.confidence, quad[:, 0].min(), quad[:, 0].max(), quad[:, 1].min(), quad[:, 1].max())


def below(rows: Iterable[Row], row: Row) -> tuple[Row, ...]:
    """The rows after this one, in order."""
    return tuple(itertools.islice(itertools.dropwhile(lambda other: other is not row, rows), 1, None))
