"""From a photograph to an ID portrait: head and shoulders before a light background."""

import cv2
import numpy as np
from PIL import Image

# How far down an ID portrait the middle of the face stands, as a share of its height.
_FACE_CENTRE_DOWN = 0.44
_BACKDROP = (236, 240, 245)

Box = tuple[float, float, float, float]


def crop_portrait(photo: Image.Image, face_box: Box, *, plain: bool = True) -> Image.Image:
    """Head and shoulders of `photo` in the proportions of an ID portrait (26 x 32 mm), 390 x 480.

    `face_box` is the detector's (left, top, width, height) in pixels of `photo`. `plain` replaces what is behind
    the person by a light colour; the cut is rough around hair, as it is on many real cards.
    """
    cropped = _crop(photo, face_box, face_share=0.46, centre_down=_FACE_CENTRE_DOWN, aspect=26 / 32)
    shrinks = cropped.shape[1] > 390
    scaled = cv2.resize(cropped, (390, 480), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return Image.fromarray(_before_plain_backdrop(scaled) if plain else scaled)


def crop_selfie(photo: Image.Image, face_box: Box) -> Image.Image:
    """What a person's own phone at arm's length would show of `photo`: upright 3:4, the face a third of the width."""
    return Image.fromarray(_crop(photo, face_box, face_share=0.36, centre_down=0.42, aspect=3 / 4))


def _crop(photo: Image.Image, face_box: Box, *, face_share: float, centre_down: float, aspect: float) -> np.ndarray:
    x, y, face_width, face_height = face_box
    width, height = int(face_width / face_share), int(face_width / face_share / aspect)
    left, top = int(x + face_width / 2 - width / 2), int(y + face_height / 2 - height * centre_down)
    # Beyond the photograph's edge it is mirrored, so that the face stays where it belongs.
    padded = cv2.copyMakeBorder(np.asarray(photo.convert("RGB")), *[max(width, height)] * 4, cv2.BORDER_REFLECT)
    left, top = left + max(width, height), top + max(width, height)
    return padded[top : top + height, left : left + width]


def _before_plain_backdrop(portrait: np.ndarray) -> np.ndarray:
    mask = _guess(portrait.shape[:2])
    # grabCut draws from OpenCV's own random numbers; a fixed seed makes the same portrait every time.
    cv2.setRNGSeed(1)
    cv2.grabCut(portrait, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    person = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    person = cv2.morphologyEx(person, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    share = cv2.GaussianBlur(_largest(person).astype(np.float32), (0, 0), 1.6)[..., None]
    return (portrait * share + np.array(_BACKDROP) * (1 - share)).astype(np.uint8)


def _guess(shape: tuple[int, int]) -> np.ndarray:
    """Where the person certainly and probably is, given where the face stands in the frame."""
    height, width = shape
    mask = np.full(shape, cv2.GC_BGD, np.uint8)
    middle, face_down = width // 2, int(height * _FACE_CENTRE_DOWN)
    cv2.ellipse(mask, (middle, int(height * 0.40)), (int(width * 0.36), int(height * 0.36)), 0, 0, 360, cv2.GC_PR_BGD, -1)
    cv2.ellipse(mask, (middle, int(height * 1.06)), (int(width * 0.56), int(height * 0.40)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(mask, (middle, int(height * 0.40)), (int(width * 0.27), int(height * 0.30)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(mask, (middle, face_down), (int(width * 0.24), int(height * 0.29)), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.ellipse(mask, (middle, int(height * 1.08)), (int(width * 0.40), int(height * 0.30)), 0, 0, 360, cv2.GC_FGD, -1)
    return mask


def _largest(mask: np.ndarray) -> np.ndarray:
    """Only the biggest connected piece of `mask`, without its holes."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, [max(outlines, key=cv2.contourArea)], -1, 1, -1)
    return filled
