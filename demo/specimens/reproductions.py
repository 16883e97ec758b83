"""Pictures of pictures: something shown on a screen, or printed. Arrays are RGB uint8."""

import cv2
import numpy as np

from demo.specimens.effects import blur

_SUBPIXELS = 3


def on_screen(picture: np.ndarray, *, margin: float = 0.08, bezel: float = 0.035) -> np.ndarray:
    """`picture` on a screen, three times as fine as it, with the red, green and blue stripes of each pixel.

    A camera that samples the stripes a little too coarsely makes the moiré itself: nothing is painted on.
    The stripes let about 0.4 of the light through; the camera's exposure must make up for it.
    """
    height, width = picture.shape[:2]
    side, rim = int(width * margin), int(width * bezel) * _SUBPIXELS
    shown = cv2.copyMakeBorder(picture, side, side, side, side, cv2.BORDER_CONSTANT, value=(34, 36, 42))
    fine = cv2.resize(shown, None, fx=_SUBPIXELS, fy=_SUBPIXELS, interpolation=cv2.INTER_NEAREST)
    lit = np.clip(_stripes(fine.shape[:2]) * fine, 0, 255).astype(np.uint8)
    return cv2.copyMakeBorder(blur(lit, 0.9), rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(5, 5, 6))


def _stripes(shape: tuple[int, int]) -> np.ndarray:
    """The share of light each subpixel lets through, per channel; a thin darker gap parts the rows."""
    mask = np.full((*shape, 3), 0.2, np.float32)
    for channel in range(3):
        mask[:, channel::_SUBPIXELS, channel] = 1.0
    mask[_SUBPIXELS - 1 :: _SUBPIXELS] *= 0.6
    return mask


def printed(picture: np.ndarray, rng: np.random.Generator, *, border: float = 0.06) -> np.ndarray:
    """`picture` from an office printer: duller, with a dot screen and a white border."""
    height, width = picture.shape[:2]
    dull = 205 * (picture.astype(np.float32) / 255) ** 0.9 + 28
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dots = np.sin((x + y) * 2 * np.pi / 5.3) * np.sin((x - y) * 2 * np.pi / 5.3)
    inked = dull + 11 * dots[..., None] + rng.normal(0, 3, (height, width, 1))
    edge = int(width * border)
    sheet = np.clip(inked, 0, 255).astype(np.uint8)
    return cv2.copyMakeBorder(sheet, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(236, 235, 230))


def finger(picture: np.ndarray, *, tip: np.ndarray, direction: np.ndarray, width: float) -> np.ndarray:
    """`picture` with a finger over it: `tip` in px, reaching away along `direction`, `width` px wide, a little out of focus."""
    away = tip + direction / np.linalg.norm(direction) * 4 * width
    mask = np.zeros(picture.shape[:2], np.float32)
    cv2.line(mask, tuple(int(v) for v in tip), tuple(int(v) for v in away), 1.0, int(width), cv2.LINE_AA)
    mask = cv2.GaussianBlur(mask, (0, 0), 3)
    inner = cv2.GaussianBlur(mask, (0, 0), width / 4)[..., None]
    skin = np.array([150, 108, 84]) + inner * np.array([70, 62, 56])
    return (picture * (1 - mask[..., None]) + skin * mask[..., None]).astype(np.uint8)
