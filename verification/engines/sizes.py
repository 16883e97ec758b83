"""Makes pictures smaller, whatever their shape: of a strip of 30,000 x 1 px something must be left."""

import cv2
import numpy as np


def within(bgr: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """The picture with its longer side at most `side` px and its shorter at least 1, and the scale. A small one comes back itself."""
    height, width = bgr.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return bgr, 1.0
    if min(height, width) * scale >= 1:
        return cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), scale
    return cv2.resize(bgr, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA), scale
