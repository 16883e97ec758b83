"""Where sex and ethnicity must stand when they were not found: single characters are what text detection misses most."""

from collections.abc import Iterable

import numpy as np

from verification.engines.base import TextLine
from verification.engines.ocr.boxes import boxes_of
from verification.engines.ocr.front import anchors_of, number_box, row_above

_ROW = 1.65  # from the birth up to the sex, in heights of the birth's line (GA 448-2003), where no label says it
_HIGH = 0.55  # half the strip's height
_BEFORE = 0.4  # room before the labels


def sex_row(lines: Iterable[TextLine]) -> tuple[np.ndarray, frozenset[int]] | None:
    """The quad of the whole row of sex and ethnicity, labels included, and the ids of the lines found in it. None without a birth."""
    boxes = boxes_of(lines)
    anchors = anchors_of(boxes, number_box(boxes))
    if anchors is None:
        return None
    found = row_above(boxes, anchors)
    first = anchors.birth[0]
    height = anchors.height
    up = first.middle - float(np.median([box.middle for box in found])) if found else _ROW * height
    quad = first.line.quad
    along = (quad[1] - quad[0]) / max(float(np.linalg.norm(quad[1] - quad[0])), 1e-6)
    down = np.array([-along[1], along[0]])
    start = (quad[0] + quad[3]) / 2 + along * (anchors.label_left - first.left - _BEFORE * height) - down * up
    end = start + along * (anchors.value_right - anchors.label_left + _BEFORE * height)
    half = down * _HIGH * height
    strip = np.array([start - half, end - half, end + half, start + half], np.float32)
    return strip, frozenset(id(box.line) for box in found)
