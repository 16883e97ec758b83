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


def glossy(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """`picture` as a laboratory prints it: ink's narrower range, a lamp's haze on the gloss, grain of the paper."""
    height, width = picture.shape[:2]
    dull = 196 * (picture.astype(np.float32) / 255) ** 0.95 + rng.uniform(20, 40)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    at, spread = rng.uniform(0, 1, 2) * (width, height), rng.uniform(0.2, 0.5) * max(width, height)
    haze = rng.uniform(5, 60) * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * spread**2))
    return np.clip(dull + haze[..., None] + rng.normal(0, 2, (height, width, 1)), 0, 255).astype(np.uint8)


def halftone(picture: np.ndarray, rng: np.random.Generator, *, pitch: float) -> np.ndarray:
    """`picture` in dots of cyan, magenta, yellow and black, `pitch` pixels apart, each ink at its own angle (offset, laser print)."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ink = 1 - picture.astype(np.float32) / 255
    black = 0.5 * ink.min(axis=2)
    layers = [ink[..., channel] - black for channel in range(3)] + [black]
    light = np.ones((height, width, 3), np.float32)
    for layer, degrees, absorbs in zip(layers, (15, 75, 0, 45), ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)), strict=True):
        angle, phase = np.deg2rad(degrees + rng.uniform(-1, 1)), rng.uniform(0, 2 * np.pi, 2)
        along = (x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / pitch + phase[0]
        beside = (y * np.cos(angle) - x * np.sin(angle)) * 2 * np.pi / pitch + phase[1]
        wave = 0.5 + 0.25 * (np.cos(along) + np.cos(beside))
        dot = np.clip(0.5 + (layer - wave) * 3.0, 0, 1)
        light *= 1 - 0.85 * dot[..., None] * np.array(absorbs, np.float32)
    return np.clip(light * 238, 0, 255).astype(np.uint8)


def lit(picture: np.ndarray, rng: np.random.Generator, *, rim: float = 0.0) -> np.ndarray:
    """`picture` on a screen too fine to be resolved: its gamma, its blue, the room's reflection; a dark rim of `rim` times its width."""
    shown = 225 * (picture.astype(np.float32) / 255) ** rng.uniform(0.9, 1.15) * np.array((0.95, 0.99, 1.05)) + rng.uniform(4, 26)
    edge = int(rim * picture.shape[1])
    dark = tuple(int(v) for v in rng.uniform(6, 30, 3))
    return cv2.copyMakeBorder(np.clip(shown, 0, 255).astype(np.uint8), edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=dark)


def finger(picture: np.ndarray, *, tip: np.ndarray, direction: np.ndarray, width: float) -> np.ndarray:
    """`picture` with a finger over it: `tip` in px, reaching away along `direction`, `width` px wide, a little out of focus."""
    away = tip + direction / np.linalg.norm(direction) * 4 * width
    mask = np.zeros(picture.shape[:2], np.float32)
    cv2.line(mask, tuple(int(v) for v in tip), tuple(int(v) for v in away), 1.0, int(width), cv2.LINE_AA)
    mask = cv2.GaussianBlur(mask, (0, 0), 3)
    inner = cv2.GaussianBlur(mask, (0, 0), width / 4)[..., None]
    skin = np.array([150, 108, 84]) + inner * np.array([70, 62, 56])
    return (picture * (1 - mask[..., None]) + skin * mask[..., None]).astype(np.uint8)
