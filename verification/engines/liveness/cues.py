"""What a reproduction leaves in a picture beside what the model sees: dots, and a rim around the face.

Each cue has a physical reason and a limit well away from what degraded genuine pictures reach; none of them is trained. The limits
were set on simulated selfies and attacks (docs/engines/liveness.md). A cue that is not found proves nothing.
"""

from dataclasses import dataclass

import numpy as np

from verification.engines.base import Face, Finding
from verification.engines.document.recapture import colour_ripple
from verification.engines.liveness.dots import dots
from verification.engines.liveness.rim import rim_support

# raised with every change to a cue or a limit, so that a kept judgement says what it was made by (P-VER-7)
VERSION = "3"

_AROUND_RIPPLE = 1.6
_RIPPLE_PATCHES = 9


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


def _box_around(face: Face, times: float) -> np.ndarray:
    """The box enlarged about its middle: its upper left and lower right corner, px."""
    x, y, width, height = face.box
    middle, half = np.array([x + width / 2, y + height / 2]), np.array([width, height]) * times / 2
    return np.array([middle - half, middle + half], np.float32)


def _finding(code: str, score: float, threshold: float, unit: str, found: bool) -> Finding:
    return Finding(code=code, score=round(float(score), 3), threshold=threshold, unit=unit, level="reject", found=bool(found))
