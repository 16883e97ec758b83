"""Tells a photograph of a screen by the coloured ripple that its pixel grid leaves (moiré).

A camera that samples a screen's red, green and blue stripes sees a wave of colour over the whole picture, most clearly where the
card itself is plain. Print has no such wave. So: the strongest periodic part of the colour in each patch, and of all patches the
lower quartile, since a wave is everywhere while text, portrait and emblem are somewhere.

On simulated photographs of cards this parts screens with moiré (16 of 16, amplitude 8.7 to 16.5) from all else (88 of 88, at most
0.7), and still does at half the size and JPEG quality 50 (4.2 and more against 0.8). Of selfies off a screen it finds 6 of 6 (4.3 and
more), but striped cloth and a flag in live ones reach 2.9. The limits were chosen on these same
pictures; real screens and real cards were not measured. It sees no screen whose
pixels are too fine for the camera and no photograph of a good print, so its silence proves nothing.
On an independent simulation 8 of 120 genuine cards exceeded amplitude 3 with a prominence up to 271: alone it counts from 300 on, and
from 130 on beside a grain (`grain`).
These figures are of up to 120 patches; 40 part the same kinds of pictures as well (cards off screens 8 of 8 at 11.6 and more, others
80 of 80 at 0.8 and less; selfies off screens 6 of 6 at 3.8 and more, others 12 of 12 at 1.6 and less) in a quarter of the time.
"""

from dataclasses import dataclass

import cv2
import numpy as np

PATCH = 96  # px of the photograph, not of the flattened card: flattening would smooth the ripple away
_SLOWEST = 3  # waves per patch; slower ones are light and print
_FASTEST = 0.48 * PATCH
_SMOOTH = 12.0  # px; slower changes are taken out first, as seen in a copy so many times smaller
_SMALLER = 4
_DARKEST = 3.0  # L of Lab
_MOST_PATCHES = 40

_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
_Y, _X = np.mgrid[:PATCH, : PATCH // 2 + 1]
_RADIUS = np.hypot(np.minimum(_Y, PATCH - _Y), _X)
_BAND = (_RADIUS >= _SLOWEST) & (_RADIUS <= _FASTEST)
_WINDOW_SUM = float(_WINDOW.sum())


@dataclass(frozen=True, slots=True)
class Ripple:
    """`amplitude` in units of Lab's a and b, `prominence` how many times the strongest wave exceeds the median one."""

    amplitude: float
    prominence: float


def colour_ripple(bgr: np.ndarray, quad: np.ndarray | None = None, *, most: int = _MOST_PATCHES) -> Ripple:
    """The ripple within the bounds of `quad` (default: in the whole picture), in at most `most` patches of it.

    Zero when that is smaller than four patches.
    """
    patches = _bright(list(_patches(_within(bgr, quad), most)))
    if len(patches) < 4:
        return Ripple(0.0, 0.0)
    waves = [_strongest_wave(patch) for patch in patches]
    amplitude, prominence = np.percentile(np.array(waves), 25, axis=0)
    return Ripple(float(amplitude), float(prominence))


def _within(bgr: np.ndarray, quad: np.ndarray | None) -> np.ndarray:
    if quad is None:
        return bgr
    height, width = bgr.shape[:2]
    left, top = np.clip(quad.min(axis=0), 0, (width, height)).astype(int)
    right, bottom = np.clip(quad.max(axis=0), 0, (width, height)).astype(int)
    return bgr[top:bottom, left:right]


def _patches(bgr: np.ndarray, most: int):
    """Patches side by side in Lab, evenly thinned out where a large photograph has many."""
    height, width = bgr.shape[:2]
    corners = [(y, x) for y in range(0, height - PATCH + 1, PATCH) for x in range(0, width - PATCH + 1, PATCH)]
    step = max(1, -(-len(corners) // most))
    for y, x in corners[::step]:
        yield cv2.cvtColor(bgr[y : y + PATCH, x : x + PATCH].astype(np.float32) / 255, cv2.COLOR_BGR2LAB)


def _bright(patches: list[np.ndarray]) -> list[np.ndarray]:
    """Those at least half as light as the lightest: a card is lighter than desk and bezel, and a dark patch has no colour to ripple."""
    light = np.array([float(patch[:, :, 0].mean()) for patch in patches])
    enough = max(_DARKEST, 0.5 * float(np.percentile(light, 90))) if len(light) else 0
    return [patch for patch, lightness in zip(patches, light, strict=True) if lightness >= enough]


def _strongest_wave(patch: np.ndarray) -> tuple[float, float]:
    power = sum(_power(channel) for channel in cv2.split(patch)[1:])
    waves = np.sqrt(power[_BAND]) * 2 / _WINDOW_SUM
    return float(waves.max()), float(waves.max() / max(float(np.median(waves)), 1e-6))


def _power(channel: np.ndarray) -> np.ndarray:
    """The power of each wave of one colour, without its slow changes: of shape (PATCH, PATCH // 2 + 1)."""
    small = cv2.resize(channel, (PATCH // _SMALLER, PATCH // _SMALLER), interpolation=cv2.INTER_AREA)
    slow = cv2.resize(cv2.GaussianBlur(small, (0, 0), _SMOOTH / _SMALLER), (PATCH, PATCH), interpolation=cv2.INTER_LINEAR)
    fast = channel - slow
    waves = cv2.dft((fast - fast.mean()) * _WINDOW, flags=cv2.DFT_COMPLEX_OUTPUT)[:, : PATCH // 2 + 1]
    return waves[:, :, 0] ** 2 + waves[:, :, 1] ** 2
