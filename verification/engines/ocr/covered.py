"""Whether something lies on a field, a finger or a lamp's reflection: characters under it vanish, and what is left reads surely."""

from collections.abc import Mapping

import cv2
import numpy as np

from verification.engines.base import FieldRead, Side

_COLUMNS = 256  # px across the whole picture when it is looked at for what lies on it
_FAR = 26.0  # CIE Lab units off the paper around the text; shadows and the pattern of the paper stay below in colour
_LIGHTNESS = 0.35  # what a difference in lightness counts against one in colour: light is uneven, paper has one colour
_BURNT = 230  # 0..255 in every channel, and lighter than the paper by so many L of Lab: a lamp's reflection
_BURNT_LIGHTER = 6.0
_SHARE = 0.04  # of the place the field may take up
_STROKE = 5  # px at _COLUMNS: wider than any stroke of the print

# Room a field may take beyond what was read of it, in heights of its lines: to the right, and downwards
_ROOM = {"name": (4.0, 0.0), "address": (2.0, 1.0), "authority": (4.0, 0.0), "ethnicity": (1.5, 0.0)}
_LEFT_OF_PORTRAIT = ("name", "birth", "address")  # the longest of these ends before it


def covered(side: Side, fields: Mapping[str, FieldRead], picture: np.ndarray) -> set[str]:
    """The names of fields of which a part may be hidden."""
    names = [name for name in _ROOM if name in fields]
    if not names:
        return set()
    scale = _COLUMNS / picture.shape[1]
    lab, burnt = _without_print(picture, scale)
    quads = np.concatenate([line.quad for read in fields.values() for line in read.lines]) * scale
    paper = _paper(lab, quads)
    off = lab - paper
    hidden = np.hypot(np.hypot(off[..., 1], off[..., 2]), _LIGHTNESS * off[..., 0]) > _FAR
    hidden |= burnt & (off[..., 0] > _BURNT_LIGHTER)
    if side == "front":
        column = [line.quad[:, 0].max() for name in _LEFT_OF_PORTRAIT if name in fields for line in fields[name].lines]
        hidden[:, int(max(column, default=picture.shape[1]) * scale) + 1 :] = False
    return {name for name in names if _share(hidden, fields[name], scale, _ROOM[name]) > _SHARE}


def _without_print(picture: np.ndarray, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Small, in Lab, with the dark strokes of the print filled by the paper between them; and where it is burnt out."""
    height = max(1, round(picture.shape[0] * scale))
    small = cv2.resize(picture, (_COLUMNS, height), interpolation=cv2.INTER_AREA)
    filled = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_STROKE, _STROKE), np.uint8)), 5)
    return cv2.cvtColor(filled.astype(np.float32) / 255, cv2.COLOR_BGR2LAB), filled.min(axis=2) >= _BURNT


def _paper(lab: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """The colour of the paper where the text stands."""
    (left, top), (right, bottom) = quads.min(axis=0), quads.max(axis=0)
    around = lab[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
    return np.median(around.reshape(-1, 3), axis=0)


def _share(hidden: np.ndarray, read: FieldRead, scale: float, room: tuple[float, float]) -> float:
    """The hidden share of the place of a field."""
    quads = np.concatenate([line.quad for line in read.lines]) * scale
    height = float(np.median([np.linalg.norm(line.quad[3] - line.quad[0]) for line in read.lines])) * scale
    (left, top), (right, bottom) = quads.min(axis=0), quads.max(axis=0)
    place = hidden[max(0, int(top)) : int(bottom + room[1] * height) + 1, max(0, int(left)) : int(right + room[0] * height) + 1]
    return float(place.mean()) if place.size else 0.0
