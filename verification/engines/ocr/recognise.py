"""Reads one line of text: PP-OCRv6 recognition, called on the line's own width, character by character.

rapidocr pads every line to at least 320 px; most lines of a card are shorter, and the time goes with the width. It gives the mean
of a line's confidences, which hides the one character that is wrong.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from verification.engines.sessions import bound_threads, session

HEIGHT = 48  # px, what the models were trained on
MIDDLE_DOTS = "·・•‧∙⋅･●"
# Older forms beside today's that look the same to a camera. Cards print today's but for rare names, so it is taken.
OLDER_FORMS = "黃奧強內戶呂吳別沒兌換渙煥溫爭淨靜虛彥產啟淸靑眞愼冊祿壯狀將寬顏蕭蔣悅徳増歩郞敎煕"
TODAYS_FORMS = "黄奥强内户吕吴别没兑换涣焕温争净静虚彦产启清青真慎册禄壮状将宽颜萧蒋悦德增步郎教熙"
_PERHAPS_TODAYS = 0.1  # of both together: under it the older form is what is printed, and a person is asked
_WIDTH_STEP = 32  # widths are rounded up to it, so that few shapes have to be planned for
_WIDEST = 2048  # px; a longer line is squeezed


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says. `confidences` has one value a character, `places` its middle from the left in heights of the line."""

    text: str
    confidences: tuple[float, ...]
    places: tuple[float, ...]


class Recogniser:
    """One recognition model with its characters, in the order of its classes."""

    def __init__(self, model: str, folder: Path | None = None, *, characters: tuple[str, ...] | None = None) -> None:
        bound_threads()
        self._session = session(model, folder)
        self._input = self._session.get_inputs()[0].name
        characters = characters or tuple(self._session.get_modelmeta().custom_metadata_map["character"].splitlines())
        self._characters = ("", *characters, " ")  # class 0 is "no character" (CTC)
        at = {character: at for at, character in enumerate(self._characters)}
        pairs = [(at[today], at[older]) for older, today in zip(OLDER_FORMS, TODAYS_FORMS, strict=True) if {older, today} <= set(at)]
        self._today, self._older = np.array(pairs, int).reshape(-1, 2).T
        self._dots = [at for at, character in enumerate(self._characters) if character and character in MIDDLE_DOTS]

    def read(self, crop: np.ndarray) -> Reading:
        """The text of a picture of one upright line, BGR."""
        blob = _blob(crop)
        likely = self._session.run(None, {self._input: blob})[0][0]
        # the model knows several middle dots; how sure it is of a dot is the sum
        likely[:, self._dots[0]] = likely[:, self._dots].sum(axis=1)
        # so do two forms of one character: how sure it is of the character is the sum
        today, both = likely[:, self._today], likely[:, self._today] + likely[:, self._older]
        likely[:, self._today] = np.where(today >= _PERHAPS_TODAYS * both, both, today)
        return self._decoded(likely.argmax(axis=1), likely.max(axis=1), blob.shape[3] / HEIGHT / len(likely))

    def _decoded(self, classes: np.ndarray, likely: np.ndarray, step: float) -> Reading:
        """CTC: runs of one class are one character, blanks part them; a run is as sure as its surest part. Spaces are left out."""
        starts = np.flatnonzero(np.r_[True, classes[1:] != classes[:-1]])
        ends = np.r_[starts[1:], len(classes)]
        runs = [(start, end) for start, end in zip(starts, ends, strict=True) if self._characters[classes[start]].strip()]
        return Reading(
            text="".join(self._characters[classes[start]] for start, _end in runs),
            confidences=tuple(float(likely[start:end].max()) for start, end in runs),
            places=tuple((start + end) / 2 * step for start, end in runs),
        )


def crop(bgr: np.ndarray, quad: np.ndarray) -> np.ndarray:
    """The inside of a line's quad, flat; a line that stands upright is laid on its side."""
    width = max(1, int(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))))
    height = max(1, int(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    flat = cv2.warpPerspective(bgr, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.rot90(flat) if height >= 1.5 * width else flat


def _blob(crop: np.ndarray) -> np.ndarray:
    """(1, 3, 48, width) float32 in -1..1, zero where the line ends before the width does."""
    height, width = crop.shape[:2]
    wide = min(_WIDEST, max(1, math.ceil(HEIGHT * width / height)))
    line = cv2.resize(crop, (wide, HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 127.5 - 1
    blob = np.zeros((1, 3, HEIGHT, -(-wide // _WIDTH_STEP) * _WIDTH_STEP), np.float32)
    blob[0, :, :, :wide] = line.transpose(2, 0, 1)
    return blob
