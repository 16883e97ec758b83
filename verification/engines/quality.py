"""Judges whether a photograph of a card, or a selfie, is good enough, and names what is wrong with it (P-REG-7).

The limits were measured on simulated photographs; each says how well it separates. A finding of level "reject" asks for the
photograph again, "warn" only tells: most blurred cards still read.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.engines.base import Face, Finding, Level, LocatedCard
from verification.engines.document.grain import grain
from verification.engines.document.recapture import Ripple, colour_ripple
from verification.engines.face.one_face import second_face, several_faces
from verification.engines.face.quality import FaceLimits, face_findings, face_quality

# raised with every change to a measure or a limit, so that a kept finding says what it was found by (P-VER-7)
VERSION = "3"

_GRAIN = "nepers of regular grain above the neighbouring frequencies"


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Thresholds with their units; the defaults are the measured ones."""

    dark_luma: float = 80.0  # mean of 0..255; bad 38 to 51, good 142 and more: separates fully
    photocopy_chroma: float = 2.46  # spread in Lab's a and b; separates fully
    reject_side: float = 400.0  # px, the card's longer side; at 300 px 94 % of numbers and 54 % of addresses read
    warn_side: float = 600.0  # px
    blur_variance: float = 101.0  # Laplacian at 1024 px; finds all blur and 87 % of motion
    glare_percent: float = 3.75  # of the card; finds 87 %
    # of 201 simulated genuine cards the highest grain was 1.89 (docs/engines/ocr.md)
    recapture_grain: float = 3.0  # nepers of power: enough by itself
    recapture_grain_warn: float = 2.3
    recapture_grain_beside: float = 2.0  # enough beside a colour ripple that alone would not be
    recapture_amplitude: float = 3.0  # Lab units of colour ripple
    recapture_prominence: float = 300.0  # times the median wave; genuine cards with an amplitude over 3 up to 271
    recapture_prominence_beside: float = 130.0
    face: FaceLimits = FaceLimits()


def examine(bgr: np.ndarray, located: LocatedCard, limits: QualityLimits | None = None) -> tuple[Finding, ...]:
    """All findings on the photograph of a card, those that hold and those that don't. `located` comes from the same `bgr`."""
    limits = limits or QualityLimits()
    luma = _luma(located.card)
    dark = luma < limits.dark_luma
    chroma = _chroma_spread(located.card)
    return (
        _finding("dark", luma, limits.dark_luma, "mean luma 0..255", "reject", dark),
        # in the dark colour is gone too: one fault, one name
        _finding("photocopy", chroma, limits.photocopy_chroma, "spread in Lab", "reject", chroma < limits.photocopy_chroma and not dark),
        _low_resolution(located.long_side, limits),
        _finding("cut_off", float(located.cut_off), 1.0, "yes or no", "reject", located.cut_off),
        _finding("several_cards", float(located.several), 1.0, "yes or no", "reject", located.several),
        _blur(located.card, limits),
        _glare(located.card, limits),
        _recapture(grain(bgr, located.quad), colour_ripple(bgr, located.quad), limits),
    )


def examine_selfie(bgr: np.ndarray, faces: tuple[Face, ...], limits: QualityLimits | None = None) -> tuple[Finding, ...]:
    """All findings on a selfie, given the faces detected in it. Without a face only `no_face` holds and is all there is.

    Whether it was taken off a print or a screen is passive liveness's to judge, and nothing a person at the camera could mend.
    """
    limits = limits or QualityLimits()
    no_face = _finding("no_face", float(len(faces)), 1.0, "faces", "reject", not faces)
    if not faces:
        return (no_face,)
    return (
        no_face,
        several_faces(faces),
        second_face(faces),
        *face_findings(face_quality(bgr, faces[0]), limits.face),
    )


def worst(findings: tuple[Finding, ...]) -> Level | None:
    """The gravest level among the findings that hold, or None."""
    levels = {finding.level for finding in findings if finding.found}
    return "reject" if "reject" in levels else "warn" if levels else None


def _finding(code: str, score: float, threshold: float, unit: str, level: Level, found: bool) -> Finding:
    return Finding(code=code, score=round(float(score), 3), threshold=threshold, unit=unit, level=level, found=bool(found))


def _luma(card: np.ndarray) -> float:
    return float(cv2.cvtColor(card, cv2.COLOR_BGR2GRAY).mean())


def _chroma_spread(card: np.ndarray) -> float:
    """The root of the summed variances of a and b in CIE Lab."""
    # of every fourth pixel: a spread needs no more, and Lab in floating point is dear
    _means, spreads = cv2.meanStdDev(cv2.cvtColor(card[::2, ::2].astype(np.float32) / 255, cv2.COLOR_BGR2LAB))
    return float(np.hypot(spreads[1, 0], spreads[2, 0]))


def _low_resolution(long_side: float, limits: QualityLimits) -> Finding:
    if long_side < limits.reject_side:
        return _finding("low_resolution", long_side, limits.reject_side, "px", "reject", True)
    return _finding("low_resolution", long_side, limits.warn_side, "px", "warn", long_side < limits.warn_side)


def _blur(card: np.ndarray, limits: QualityLimits) -> Finding:
    variance = float(cv2.Laplacian(cv2.cvtColor(card, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())
    return _finding("blur", variance, limits.blur_variance, "Laplacian variance", "warn", variance < limits.blur_variance)


def _glare(card: np.ndarray, limits: QualityLimits) -> Finding:
    hsv = cv2.cvtColor(card, cv2.COLOR_BGR2HSV)
    share = 100.0 * float(((hsv[:, :, 2] >= 250) & (hsv[:, :, 1] < 30)).mean())
    return _finding("glare", share, limits.glare_percent, "percent of the card", "warn", share > limits.glare_percent)


def _recapture(regular: float, ripple: Ripple, limits: QualityLimits) -> Finding:
    """By the measure that decided: the grain by itself, the ripple by itself or with a little grain, or a grain to wonder at."""
    if regular >= limits.recapture_grain:
        return _finding("recapture", regular, limits.recapture_grain, _GRAIN, "reject", True)
    prominence = limits.recapture_prominence_beside if regular >= limits.recapture_grain_beside else limits.recapture_prominence
    if ripple.amplitude >= limits.recapture_amplitude and ripple.prominence >= prominence:
        return _finding("recapture", ripple.amplitude, limits.recapture_amplitude, "Lab units of colour ripple", "reject", True)
    if regular >= limits.recapture_grain_warn:
        return _finding("recapture", regular, limits.recapture_grain_warn, _GRAIN, "warn", True)
    return _finding("recapture", regular, limits.recapture_grain, _GRAIN, "reject", False)
