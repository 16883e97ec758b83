"""Is the face made of dots or rows, as a print's and a screen's is?

They are the same all over the face, while hair, edges and noise differ from patch to patch: so the spectra's logarithms are averaged,
and each frequency is compared with those around it. Bars of light on a face, through a blind or a fence, are regular too. But they
are slow, and what stands out of them at a dot's frequency are their overtones: the slower waves of the same direction stand out as well.
"""

import cv2
import numpy as np

from verification.engines.base import Face
from verification.engines.document.grain import above_neighbours

PATCH = 64  # px
_MOST_ACROSS, _MOST_DOWN = 4, 4  # patches over the face
_AROUND_FACE = 1.15  # times its box: skin, not clothes; woven stripes are as regular as a screen
_FLOOR = 4.0  # power; below it there is only rounding
# nepers by which the slower waves of a direction may exceed those of the others: behind peaks of simulated prints and screens less
# (but for 8 of 87), behind those of light through blinds and fences more (but for 6 of 96)
_SLOWER = 1.0
_SLOWEST, _NEAR_WAVE = 2, 0.8  # waves a patch; share of a wave's frequency up to which others are slower

_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
_FREQUENCY = np.fft.fftfreq(PATCH, 1 / PATCH)[:, None]
_DOWN = np.abs(_FREQUENCY)
_ACROSS = np.arange(PATCH // 2 + 1)[None]
_RADIUS = np.hypot(_DOWN, _ACROSS)
_RING = np.round(_RADIUS).astype(int)
_RING_SIZE = np.bincount(_RING.ravel())
_ALONG_AXIS = (_DOWN <= 1) | (_ACROSS <= 1)  # where JPEG's blocks and a resize leave their own peaks
_ASIDE = ~_ALONG_AXIS & (_DOWN < PATCH // 2 - 1) & (_ACROSS < PATCH // 2 - 1)
_WIDEST = 12.8  # px of the picture from dot to dot; what is wider is light, features, or cloth


def _slower_waves() -> tuple[np.ndarray, np.ndarray]:
    """Of each frequency those slower of the same direction: their places in the flat spectrum, and 1 where there is one: (n, most)."""
    steps = np.arange(_SLOWEST, int(_RADIUS.max() * _NEAR_WAVE) + 1)
    share = steps / np.maximum(_RADIUS, 1e-6)[..., None]
    down = np.round(_FREQUENCY[..., None] * share).astype(int) % PATCH
    across = np.minimum(np.round(_ACROSS[..., None] * share).astype(int), PATCH // 2)
    which = steps <= (_RADIUS * _NEAR_WAVE)[..., None]
    places = (down * (PATCH // 2 + 1) + across) * which
    return places.reshape(-1, len(steps)), which.reshape(-1, len(steps)).astype(np.float32)


_SLOWER_PLACES, _IS_SLOWER = _slower_waves()


def dots(bgr: np.ndarray, face: Face) -> tuple[float, float]:
    """How far the strongest regular pattern on the face stands out, aslant and along an axis: nepers of power.

    At full and at half size. A face too small for four patches has none.
    """
    found = [_pattern(bgr, face, widest=_WIDEST)]
    if min(face.box[2:]) >= PATCH:
        half = Face(box=tuple(value / 2 for value in face.box), points=face.points, score=face.score)
        found.append(_pattern(cv2.resize(bgr, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), half, widest=_WIDEST / 2))
    return max(aslant for aslant, _ in found), max(along for _, along in found)


def _pattern(bgr: np.ndarray, face: Face, *, widest: float) -> tuple[float, float]:
    patches = _patches(bgr, face)
    if len(patches) < 4:
        return 0.0, 0.0
    grey = np.stack([cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY) for patch in patches]).astype(np.float32)
    grey -= grey.mean(axis=(1, 2), keepdims=True)
    power = np.abs(np.fft.rfft2(grey * _WINDOW)) ** 2
    mean = np.log(power + _FLOOR).mean(axis=0).astype(np.float32)
    dense = (PATCH / widest <= _RADIUS) & (_slower_stand_out(mean) < _SLOWER)
    above = np.where(dense, above_neighbours(mean), 0.0)
    return float(above[_ASIDE].max()), float(above[_ALONG_AXIS].max())


def _slower_stand_out(spectrum: np.ndarray) -> np.ndarray:
    """How far the slower waves of each frequency's direction exceed, on average, those of all directions: nepers, as the spectrum."""
    ring = np.bincount(_RING.ravel(), weights=spectrum.ravel()) / np.maximum(_RING_SIZE, 1)
    beyond = (spectrum - ring[_RING]).ravel()
    total = (beyond[_SLOWER_PLACES] * _IS_SLOWER).sum(axis=1)
    return (total / np.maximum(_IS_SLOWER.sum(axis=1), 1)).reshape(spectrum.shape)


def _patches(bgr: np.ndarray, face: Face) -> list[np.ndarray]:
    """Patches spread over the face, overlapping by half where it is small."""
    height, width = bgr.shape[:2]
    x, y, across, down = face.box
    middle = np.array([x + across / 2, y + down / 2])
    reach = np.maximum(np.array([across, down]) * _AROUND_FACE, 1.5 * PATCH) / 2
    (left, top), (right, bottom) = (middle - reach).astype(np.float32), (middle + reach).astype(np.float32)
    left, top, right, bottom = max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))
    if right - left < PATCH or bottom - top < PATCH:
        return []
    columns, rows = (
        int(np.clip(2 * length / PATCH - 1, 1, most)) for length, most in ((right - left, _MOST_ACROSS), (bottom - top, _MOST_DOWN))
    )
    lefts, tops = np.linspace(left, right - PATCH, columns).astype(int), np.linspace(top, bottom - PATCH, rows).astype(int)
    return [bgr[y : y + PATCH, x : x + PATCH] for y in tops for x in lefts]
