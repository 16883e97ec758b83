"""Whether a face stands still as only a picture does: a few photographs shown one after the other, with closed eyes, with an open
mouth, make no film.

A living face is never twice the same: within a second its skin, eyes and lips move by some tenths of a pixel against each other, in a
way that no shifting, turning, stretching or brightening of the whole picture explains. Of two pictures of one photograph nothing is
left over but noise, however they were shifted, zoomed or made noisy.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from verification.engines.base import Face

SIDE = 128  # px of the patch in which faces are compared; what is left over is told in its pixels
# A face that is compared with itself later is blurred by as much as its patch is smaller, so that no fine line flickers.
_BLUR = 1.2
_ROUNDS, _ENOUGH = 12, 0.005  # of the fit; its steps, in px
_BLOCKS = 6  # a side: in each of them what is left over is one shift
_LEAST_PIXELS = 200  # of a block that counts, inside the face
_FLAT = 1.0  # squared grey levels per px: of a block with less contrast nothing is told

# ms between two pictures that are compared: a living face has moved by then, and slides of a challenge are shown for longer
APART = (700.0, 1500.0, 2500.0)
# px left over under which two pictures are of one photograph (docs/engines/active.md has both distributions)
SAME = 0.085
# share of the pictures that are the same as another one, from which the face stands still
STILL_SHARE = 0.5

_y, _x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
_face = ((_x - SIDE / 2) / (0.42 * SIDE)) ** 2 + ((_y - SIDE / 2) / (0.48 * SIDE)) ** 2 <= 1
_right, _down = (_x - SIDE / 2) / SIDE, (_y - SIDE / 2) / SIDE
_block = np.where(_face, (_y * _BLOCKS / SIDE).astype(int) * _BLOCKS + (_x * _BLOCKS / SIDE).astype(int), -1).ravel()
_blocks = [pixels for index in range(_BLOCKS**2) if len(pixels := np.flatnonzero(_block == index)) >= _LEAST_PIXELS]
_to_middle = np.array([[1, 0, SIDE / 2], [0, 1, SIDE / 2], [0, 0, 1.0]])
_from_middle = np.linalg.inv(_to_middle)


def patch_of(bgr: np.ndarray, face: Face) -> np.ndarray:
    """A detected face as it is compared: grey, float32, (SIDE, SIDE)."""
    x, y, width, height = face.box
    scale = SIDE / max(width, height, 1.0)
    grey = cv2.GaussianBlur(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY).astype(np.float32), (0, 0), _BLUR / min(scale, 1.0))
    to_patch = np.array([[scale, 0, SIDE / 2 - (x + width / 2) * scale], [0, scale, SIDE / 2 - (y + height / 2) * scale]])
    return cv2.warpAffine(grey, to_patch, (SIDE, SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def stands_still(patches: Sequence[np.ndarray | None], milliseconds: Sequence[float]) -> bool:
    """Whether so many of the pictures are the same as another one that they are photographs. None is a picture without a face."""
    return still_share(patches, milliseconds) >= STILL_SHARE


def still_share(patches: Sequence[np.ndarray | None], milliseconds: Sequence[float]) -> float:
    """The share of the pictures with a face that are the same as one taken a while before or after."""
    shown = [index for index, patch in enumerate(patches) if patch is not None]
    same: set[int] = set()
    for index in shown:
        for other in _partners(shown, milliseconds, index):
            if not {index, other} <= same and left_over(patches[index], patches[other]) < SAME:
                same |= {index, other}
    return len(same) / max(len(shown), 1)


def _partners(shown: Sequence[int], milliseconds: Sequence[float], index: int) -> list[int]:
    """The pictures with which one is compared: the first one so long after it, for each of APART."""
    later = (next((other for other in shown if milliseconds[other] >= milliseconds[index] + apart), None) for apart in APART)
    return [other for other in dict.fromkeys(later) if other is not None]


def left_over(one: np.ndarray, other: np.ndarray) -> float:
    """How far the parts of a face moved against each other between two patches: px, weighted by their contrast."""
    fitted = _fitted(one, other)
    middle = cv2.GaussianBlur((one + fitted) / 2, (0, 0), 1.0)
    change = cv2.GaussianBlur(fitted - one, (0, 0), 1.0).ravel()
    slopes = np.stack([*_slopes(middle), np.ones_like(middle)], axis=-1).reshape(-1, 3)
    moved = weight = 0.0
    for pixels in _blocks:
        slope = slopes[pixels]
        square = slope.T @ slope
        square[[0, 1], [0, 1]] += _FLAT * len(pixels)
        shift = np.linalg.solve(square, slope.T @ change[pixels])
        contrast = float(square[0, 0] + square[1, 1])
        moved, weight = moved + contrast * float(shift[0] ** 2 + shift[1] ** 2), weight + contrast
    return float(np.sqrt(moved / weight))


def _slopes(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Grey levels per px to the right and down."""
    return cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)


def _fitted(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """`other` shifted, turned, stretched and brightened as a whole, so that its face lies on that of `one`.

    Baker and Matthews' inverse compositional fit of an affine map (2004), with gain and offset.
    """
    right, down = _slopes(one)
    steepest = np.stack(
        [right, down, right * _right, right * _down, down * _right, down * _down, one, np.ones_like(one)], axis=-1
    )[_face]  # fmt: skip
    inverse = np.linalg.inv(steepest.T @ steepest + 1e-3 * np.eye(8))
    place = np.eye(3)
    for _ in range(_ROUNDS):
        p = inverse @ (steepest.T @ (_warped(other, place, cv2.INTER_LINEAR) - one)[_face])
        place = place @ np.linalg.inv([[1 + p[2] / SIDE, p[3] / SIDE, p[0]], [p[4] / SIDE, 1 + p[5] / SIDE, p[1]], [0, 0, 1]])
        if np.abs(p[:6]).max() < _ENOUGH:
            break
    warped = _warped(other, place, cv2.INTER_CUBIC)
    gain, offset = np.polyfit(warped[_face], one[_face], 1)
    return (gain * warped + offset).astype(np.float32)


def _warped(patch: np.ndarray, place: np.ndarray, flags: int) -> np.ndarray:
    to_other = (_to_middle @ place @ _from_middle)[:2]
    return cv2.warpAffine(patch, to_other, (SIDE, SIDE), flags=flags | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
