"""Tells a picture of a screen or of a print by its regular grain: the grid of pixels, or the dots of ink.

What a card itself prints differs from place to place, as edges, text and curved lines do; a grid or a raster is one and the same wave
all over. So the logarithms of many patches' spectra of lightness are averaged, in which sinks what is not everywhere, and each
frequency is compared with those around it. Waves along the picture's axes are left out: JPEG's blocks and a resize leave their own
there. Perspective lets a wave drift, so the patches are averaged by quarters of the card, and the second strongest quarter counts:
what is ruled in one corner is no grain. Figures: docs/engines/ocr.md.
"""

import cv2
import numpy as np

PATCH = 64  # px of the photograph, not of the flattened card: flattening would smooth the grain away
_ACROSS, _DOWN = 8, 6  # patches over the card, an even number each way
_INNER = 0.92  # of the card's bounds: its edges are straight lines
_SLOWEST = 6  # waves a patch; slower ones are light and print
_FLOOR = 4.0  # power; below it there is only rounding

_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
_LENGTHWISE = np.minimum(np.arange(PATCH), PATCH - np.arange(PATCH))[:, None]
_CROSSWISE = np.arange(PATCH // 2 + 1)[None]
_WAVES = (
    (np.hypot(_LENGTHWISE, _CROSSWISE) >= _SLOWEST)
    & (_LENGTHWISE > 1)
    & (_CROSSWISE > 1)
    & (_LENGTHWISE < PATCH // 2 - 1)
    & (_CROSSWISE < PATCH // 2 - 1)
)


def grain(bgr: np.ndarray, quad: np.ndarray) -> float:
    """How far the strongest regular wave within the bounds of `quad` stands out, in nepers of power; 0 where that is too small."""
    patches = _patches(bgr, quad)
    if not len(patches):
        return 0.0
    light = patches - patches.mean(axis=(1, 2), keepdims=True)
    power = np.log(np.abs(np.fft.rfft2(light * _WINDOW)) ** 2 + _FLOOR).astype(np.float32)
    rows = power.reshape(2, _DOWN // 2, 2, _ACROSS // 2, *power.shape[1:])
    quarters = rows.mean(axis=(1, 3)).reshape(4, *power.shape[1:])
    return float(sorted(above_neighbours(quarter)[_WAVES].max() for quarter in quarters)[-2])


def above_neighbours(spectrum: np.ndarray) -> np.ndarray:
    """How far each frequency is above the median of the 5 x 5 around it, the spectrum going on beyond its edges as a transform does."""
    tall = np.vstack([spectrum[-2:], spectrum, spectrum[:2]])
    wide = np.hstack([tall[:, 2:0:-1], tall, tall[:, -2:-4:-1]])
    return spectrum - cv2.medianBlur(np.ascontiguousarray(wide), 5)[2:-2, 2:-2]


def _patches(bgr: np.ndarray, quad: np.ndarray) -> np.ndarray:
    """Patches of lightness evenly over the card, row by row: (n, PATCH, PATCH) float32; none where it is smaller than 2 x 2 of them."""
    height, width = bgr.shape[:2]
    middle = quad.mean(axis=0)
    inner = middle + (quad - middle) * _INNER
    left, top = np.clip(inner.min(axis=0), 0, (width, height)).astype(int)
    right, bottom = np.clip(inner.max(axis=0), 0, (width, height)).astype(int)
    if right - left < 2 * PATCH or bottom - top < 2 * PATCH:
        return np.zeros((0, PATCH, PATCH), np.float32)
    grey = cv2.cvtColor(bgr[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
    xs = np.linspace(0, grey.shape[1] - PATCH, _ACROSS).astype(int)
    ys = np.linspace(0, grey.shape[0] - PATCH, _DOWN).astype(int)
    return np.stack([grey[y : y + PATCH, x : x + PATCH] for y in ys for x in xs]).astype(np.float32)
