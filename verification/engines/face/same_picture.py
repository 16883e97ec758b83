"""Whether two faces are one photograph: what is left between them once the one is laid on the other.

Two photographs of a person differ in pose, look and light, however well the faces match; one photograph, printed, photographed
again, cropped, mirrored or tinted, has the same lines in the same places. Both faces are brought to SFace's 112 px, rid of slow
light and of what is finer than a card's print, laid on each other by the turn, stretch and shift that fit best (ECC: G. Evangelidis
and E. Psarakis, 2008), once as they are and once mirrored, and correlated. Figures: docs/engines/face.md.
"""

import cv2
import numpy as np

from verification.engines.base import Face
from verification.engines.face.quality import SIDE, aligned

_FINEST, _SLOWEST = 2.0, 12.0  # px of 112: finer is lost in print, slower is light
_STEPS = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 40, 1e-4)
_FACE = cv2.ellipse(np.zeros((SIDE, SIDE), np.uint8), (56, 66), (40, 50), 0, 0, 360, 1, -1)  # of eyes, nose, mouth and cheeks


def picture_likeness(one: np.ndarray, face: Face, other: np.ndarray, other_face: Face) -> float:
    """The correlation of two faces in -1..1, the higher of as they are and mirrored; about 10 ms."""
    fixed, moving = _lines(one, face), _lines(other, other_face)
    return max(_correlation(fixed, _laid_on(fixed, each)) for each in (moving, np.ascontiguousarray(moving[:, ::-1])))


def _lines(bgr: np.ndarray, face: Face) -> np.ndarray:
    grey = cv2.cvtColor(aligned(bgr, face), cv2.COLOR_BGR2GRAY).astype(np.float32)
    return cv2.GaussianBlur(grey, (0, 0), _FINEST) - cv2.GaussianBlur(grey, (0, 0), _SLOWEST)


def _laid_on(fixed: np.ndarray, moving: np.ndarray) -> np.ndarray:
    """`moving` as it fits best; as it is where nothing fits."""
    start = np.eye(2, 3, dtype=np.float32)
    try:
        _likeness, move = cv2.findTransformECC(fixed, moving, start, cv2.MOTION_AFFINE, _STEPS, _FACE, 3)
    except cv2.error:
        return moving
    return cv2.warpAffine(moving, move, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT)


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Of the face's pixels; 0 where one of them is plain."""
    a, b = one[_FACE > 0], other[_FACE > 0]
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-6))
