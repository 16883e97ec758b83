"""What a reproduction leaves in a picture beside what the model sees: dots, and a rim around the face.

Each cue has a physical reason and a limit well away from what degraded genuine pictures reach; none of them is trained. The limits
were set on simulated selfies and attacks (docs/engines/liveness.md). A cue that is not found proves nothing.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.engines.base import Face, Finding
from verification.engines.document.grain import above_neighbours
from verification.engines.document.recapture import colour_ripple
from verification.engines.liveness.rim import rim_support

# raised with every change to a cue or a limit, so that a kept judgement says what it was made by (P-VER-7)
VERSION = "2"

PATCH = 64  # px
_MOST_ACROSS, _MOST_DOWN = 4, 4  # patches over the face
_AROUND_FACE = 1.15  # times its box: skin, not clothes; woven stripes are as regular as a screen
_AROUND_RIPPLE = 1.6
_RIPPLE_PATCHES = 9
_FLOOR = 4.0  # power; below it there is only rounding

_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
_DOWN = np.minimum(np.arange(PATCH), PATCH - np.arange(PATCH))[:, None]
_ACROSS = np.arange(PATCH // 2 + 1)[None]
_ALONG_AXIS = (_DOWN <= 1) | (_ACROSS <= 1)  # where JPEG's blocks and a resize leave their own peaks
_FAST_ENOUGH = np.hypot(_DOWN, _ACROSS) >= 5  # waves a patch; slower ones are light and features
_ALONG = _ALONG_AXIS & _FAST_ENOUGH
_ASLANT = ~_ALONG_AXIS & _FAST_ENOUGH & (_DOWN < PATCH // 2 - 1) & (_ACROSS < PATCH // 2 - 1)


@dataclass(frozen=True, slots=True)
class CueLimits:
    """From where on each cue holds; behind each the highest of 672 simulated genuine pictures but one (docs/engines/liveness.md)."""

    dots: float = 2.5  # nepers of power; 1.91
    lines: float = 2.5  # nepers of power; 2.03
    rim: float = 0.85  # share of the weakest side; 0.83, in a room full of rectangles
    ripple_amplitude: float = 6.0  # Lab units; 6.4 for striped cloth, so that prominence must hold too; off screens 8 and more
    ripple_prominence: float = 320.0  # times the median wave; of those over 6.0 at most 281


def cues(bgr: np.ndarray, face: Face, limits: CueLimits | None = None) -> tuple[Finding, ...]:
    """All cues on one face, those that hold and those that don't; about as long as the model's two crops."""
    limits = limits or CueLimits()
    aslant, along = dots(bgr, face)
    rim = rim_support(bgr, face)
    ripple = colour_ripple(bgr, _box_around(face, _AROUND_RIPPLE), most=_RIPPLE_PATCHES)
    wave = ripple.amplitude >= limits.ripple_amplitude and ripple.prominence >= limits.ripple_prominence
    return (
        _finding("dots", aslant, limits.dots, "nepers above the neighbouring frequencies, aslant", aslant >= limits.dots),
        _finding("lines", along, limits.lines, "nepers above the neighbouring frequencies, along an axis", along >= limits.lines),
        _finding("rim", rim, limits.rim, "share of the weakest of four sides", rim >= limits.rim),
        _finding("recapture", ripple.amplitude, limits.ripple_amplitude, "Lab units of colour ripple", wave),
    )


def dots(bgr: np.ndarray, face: Face) -> tuple[float, float]:
    """How far the strongest regular pattern on the face stands out, aslant and along an axis: nepers of power.

    The dots of a print and the pixels of a screen are the same all over the face, while hair, edges and noise differ from patch to
    patch: so the spectra's logarithms are averaged, and each frequency is compared with those around it. At full and at half size.
    """
    half = Face(box=tuple(value / 2 for value in face.box), points=face.points, score=face.score)
    found = [_pattern(bgr, face), _pattern(_half(bgr, face), half)] if min(face.box[2:]) >= PATCH else [_pattern(bgr, face)]
    return max(aslant for aslant, _ in found), max(along for _, along in found)


def _half(bgr: np.ndarray, face: Face) -> np.ndarray:
    """The picture at half size."""
    return cv2.resize(bgr, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _pattern(bgr: np.ndarray, face: Face) -> tuple[float, float]:
    patches = _patches(bgr, face)
    if len(patches) < 4:
        return 0.0, 0.0
    grey = np.stack([cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY) for patch in patches]).astype(np.float32)
    grey -= grey.mean(axis=(1, 2), keepdims=True)
    power = np.abs(np.fft.rfft2(grey * _WINDOW)) ** 2
    mean = np.log(power + _FLOOR).mean(axis=0).astype(np.float32)
    above = above_neighbours(mean)
    return float(above[_ASLANT].max()), float(above[_ALONG].max())


def _patches(bgr: np.ndarray, face: Face) -> list[np.ndarray]:
    """Patches spread over the face, overlapping by half where it is small."""
    height, width = bgr.shape[:2]
    (left, top), (right, bottom) = _box_around(face, _AROUND_FACE, least=1.5 * PATCH)
    left, top, right, bottom = max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))
    if right - left < PATCH or bottom - top < PATCH:
        return []
    across, down = (
        int(np.clip(2 * length / PATCH - 1, 1, most)) for length, most in ((right - left, _MOST_ACROSS), (bottom - top, _MOST_DOWN))
    )
    lefts, tops = np.linspace(left, right - PATCH, across).astype(int), np.linspace(top, bottom - PATCH, down).astype(int)
    return [bgr[y : y + PATCH, x : x + PATCH] for y in tops for x in lefts]


def _box_around(face: Face, times: float, *, least: float = 0.0) -> np.ndarray:
    """The box enlarged about its middle: its upper left and lower right corner, px."""
    x, y, width, height = face.box
    middle, half = np.array([x + width / 2, y + height / 2]), np.maximum(np.array([width, height]) * times, least) / 2
    return np.array([middle - half, middle + half], np.float32)


def _finding(code: str, score: float, threshold: float, unit: str, found: bool) -> Finding:
    return Finding(code=code, score=round(float(score), 3), threshold=threshold, unit=unit, level="reject", found=bool(found))
