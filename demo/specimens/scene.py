"""A card or picture lying on something, seen by a camera: backgrounds and perspective. Arrays are RGB uint8."""

import cv2
import numpy as np
from PIL import Image, ImageDraw

from demo.specimens.fonts import font

FRAME = (1600, 1200)


def desk(rng: np.random.Generator, size: tuple[int, int] = FRAME) -> np.ndarray:
    """A wooden desk in one of a few colours."""
    width, height = size
    colour = np.array([(96, 68, 46), (122, 92, 66), (70, 62, 58), (58, 72, 84)][rng.integers(4)], np.float32)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (height // 2, width // 2)).astype(np.float32), (0, 0), sigmaX=40, sigmaY=1.6)
    fine = rng.normal(0, 1, (height // 2, width // 2)).astype(np.float32)
    texture = cv2.resize(grain / grain.std() * 9 + fine * 2, (width, height))
    return _bytes(colour + texture[..., None])


def paper(rng: np.random.Generator, size: tuple[int, int] = FRAME) -> np.ndarray:
    """A sheet of copying paper that fills the frame."""
    width, height = size
    return _bytes(np.full((height, width, 3), 226.0) + rng.normal(0, 2, (height, width, 1)))


def printed_sheet(rng: np.random.Generator, size: tuple[int, int] = FRAME) -> np.ndarray:
    """A form or newspaper: lines of text from edge to edge, a ruled table below."""
    sheet = Image.fromarray(paper(rng, size))
    draw = ImageDraw.Draw(sheet)
    words = "业务受理单客户须知请仔细阅读以下条款本人已知悉并同意办理套餐资费说明服务密码经办人签字日期"
    for row, y in enumerate(range(20, size[1] * 2 // 3, 44)):
        start, left = int(rng.integers(len(words))), 20 + int(rng.integers(40))
        draw.text((left, y), (words[start:] + words) * 2, font=font(26), fill=(60, 60, 66) if row % 4 else (150, 40, 40))
    for y in range(size[1] * 2 // 3, size[1], 60):
        draw.line((30, y, size[0] - 30, y), fill=(90, 90, 90), width=2)
    return np.asarray(sheet)


def corners(rng: np.random.Generator, aspect: float, *, fill: float, turn: float, tilt: float, size: tuple[int, int] = FRAME) -> np.ndarray:
    """Where a flat thing's corners fall in the frame, clockwise from its top left, as four (x, y) in pixels.

    `aspect` is width / height, `fill` the share of the frame it spans, `turn` degrees, `tilt` 0 (flat) to about 0.15.
    """
    width, height = size
    radians = np.deg2rad(turn)
    cos, sin = abs(np.cos(radians)), abs(np.sin(radians))
    scale = fill * min(width / (aspect * cos + sin), height / (aspect * sin + cos))
    flat = np.array([(-aspect, -1), (aspect, -1), (aspect, 1), (-aspect, 1)], np.float32) * scale / 2
    direction = rng.uniform(0, 2 * np.pi)
    depth = 1 + tilt * (flat @ np.array([np.cos(direction), np.sin(direction)])) / scale
    turned = flat / depth[:, None] @ np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    shift = rng.uniform(-0.02, 0.02, 2) * (width, height)
    return (turned + np.array([width, height]) / 2 + shift).astype(np.float32)


def place(thing: np.ndarray, onto: np.ndarray, where: np.ndarray, *, radius: float = 0.035, shadow: bool = True) -> np.ndarray:
    """`onto` with `thing` warped to the four corners `where`, corners rounded by `radius` of its width."""
    height, width = thing.shape[:2]
    matrix = cv2.getPerspectiveTransform(np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32), where)
    size = (onto.shape[1], onto.shape[0])
    warped = cv2.warpPerspective(thing, matrix, size, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(_rounded(width, height, radius), matrix, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    below = onto.astype(np.float32)
    if shadow:
        fallen = cv2.GaussianBlur(np.roll(mask, (9, 6), axis=(0, 1)), (0, 0), 11)
        below = below * (1 - 0.45 * fallen[..., None])
    return _bytes(below * (1 - mask[..., None]) + warped * mask[..., None])


def _rounded(width: int, height: int, radius: float) -> np.ndarray:
    image = Image.new("L", (width, height), 0)
    ImageDraw.Draw(image).rounded_rectangle((1, 1, width - 2, height - 2), width * radius, fill=255)
    return np.asarray(image)


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.clip(values, 0, 255).astype(np.uint8)
