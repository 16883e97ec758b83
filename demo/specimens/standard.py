"""The standard set: photographs of specimen cards in twenty conditions, by which reading is measured (benchmarks/ocr.py).

The same number is always the same photograph (given the same typefaces, see `fonts.typefaces`). Conditions, sides, people and
prints take turns, so a longer set has more of each. `photograph` has the demo's few clear cases; here they shade into each other.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from demo.specimens import effects, fonts, reproductions, scene
from demo.specimens.card import IdCard
from demo.specimens.draw import Style, draw_back, draw_front
from demo.specimens.somebody import somebody

Side = Literal["front", "back"]
Take = Callable[[np.ndarray, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Photograph:
    """One of the set: what is printed and what was photographed (RGB uint8, height x width x 3)."""

    number: int
    side: Side
    condition: str
    card: IdCard
    picture: np.ndarray

    @property
    def expected(self) -> dict[str, str]:
        """The fields of this side in the form the engine gives."""
        card = self.card
        if self.side == "back":
            until = card.valid_to.isoformat() if card.valid_to else "long_term"
            return {"authority": card.authority, "valid_from": card.valid_from.isoformat(), "valid_to": until}
        return {
            "name": card.name,
            "sex": card.sex,
            "ethnicity": card.ethnicity,
            "birth": card.birth.isoformat(),
            "address": card.address,
            "id_number": card.id_number,
        }


def standard_set(count: int = 300, *, seed: int = 0, portraits: tuple[Image.Image, ...] = (), sides: str = "both") -> Iterator[Photograph]:
    """`count` photographs; `sides` is front, back or both (three fronts to a back: fronts carry more)."""
    for number in range(count):
        yield one_of_the_set(number, seed=seed, portraits=portraits, sides=sides)


def one_of_the_set(number: int, *, seed: int = 0, portraits: tuple[Image.Image, ...] = (), sides: str = "both") -> Photograph:
    """The photograph of that number."""
    rng = np.random.default_rng([seed, number])
    condition = CONDITIONS[number % len(CONDITIONS)]
    turn = number // len(CONDITIONS)
    side = sides if sides != "both" else "back" if (turn + number) % 4 == 3 else "front"
    card = somebody(random.Random(f"standard:{seed}:{number}"))
    style = _style(rng, turn)
    portrait = portraits[number % len(portraits)] if portraits else None
    drawn = draw_front(card, portrait, style) if side == "front" else draw_back(card, style)
    seen = _TAKES[condition](np.asarray(drawn), rng)
    return Photograph(number=number, side=side, condition=condition, card=card, picture=seen)


def _style(rng: np.random.Generator, turn: int) -> Style:
    typefaces = fonts.typefaces()
    off = (int(rng.integers(-10, 11)), int(rng.integers(-8, 9)))
    # two of three in the sans that real cards resemble, one in another typeface
    typeface = typefaces[1 + turn // 3 % (len(typefaces) - 1)] if turn % 3 == 2 and len(typefaces) > 1 else typefaces[0]
    return Style(typeface=typeface, off=off, pattern=int(rng.integers(0, 50)))


def _camera(seen: np.ndarray, rng: np.random.Generator, *, noise: float = 2.5, quality: int = 88) -> np.ndarray:
    """Uneven light, the lens, the sensor and the phone's JPEG."""
    seen = effects.exposure(effects.uneven_light(seen, rng, strength=0.1), gain=0.92, gamma=rng.uniform(0.92, 1.1))
    return effects.jpeg_noise(effects.sensor_noise(effects.blur(seen, 0.7), rng, sigma=noise), quality=quality)


def _laid(card: np.ndarray, rng: np.random.Generator, *, turn: float = 0, tilt: float = 0.05, ground: np.ndarray | None = None, fill=0.86):
    where = scene.corners(rng, card.shape[1] / card.shape[0], fill=fill, turn=turn + rng.uniform(-3, 3), tilt=tilt)
    return scene.place(card, scene.desk(rng) if ground is None else ground, where)


def _turned(degrees: float) -> Take:
    return lambda card, rng: _camera(_laid(card, rng, turn=degrees), rng)


def _scan(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    scale = rng.uniform(0.8, 1.6)
    return effects.jpeg_noise(cv2.resize(card, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))


def _low_resolution(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A card some 400 to 520 px long."""
    seen = cv2.resize(_laid(card, rng), None, fx=(share := rng.uniform(0.3, 0.38)), fy=share, interpolation=cv2.INTER_AREA)
    return effects.jpeg_noise(effects.sensor_noise(seen, rng, sigma=2), quality=85)


def _glare(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A lamp's reflection somewhere on the card, strong enough to burn out a few characters at its middle."""
    seen = _laid(card, rng)
    height, width = seen.shape[:2]
    centre = (rng.uniform(0.15, 0.85) * width, rng.uniform(0.2, 0.8) * height)
    return _camera(effects.glare(seen, centre=centre, radius=rng.uniform(0.05, 0.1) * height, strength=rng.uniform(0.35, 0.75)), rng)


def _finger(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A fingertip that holds the card at its edge and covers what lies there."""
    where = scene.corners(rng, card.shape[1] / card.shape[0], fill=0.86, turn=rng.uniform(-3, 3), tilt=0.05)
    seen = scene.place(card, scene.desk(rng), where)
    along = rng.uniform(0.1, 0.9)
    edge = int(rng.integers(4))
    at = where[edge] * (1 - along) + where[(edge + 1) % 4] * along
    inward = where.mean(axis=0) - at
    tip = at + inward / np.linalg.norm(inward) * rng.uniform(50, 190)
    return _camera(reproductions.finger(seen, tip=tip, direction=-inward, width=rng.uniform(110, 150)), rng)


def _moire(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Fine coloured bands, as a screen or a scanner's raster leaves them, over a readable card."""
    seen = _laid(card, rng).astype(np.float32)
    y, x = np.mgrid[0 : seen.shape[0], 0 : seen.shape[1]].astype(np.float32)
    for channel in range(3):
        angle, period = rng.uniform(0, np.pi), rng.uniform(5, 14)
        seen[..., channel] += rng.uniform(5, 12) * np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
    return _camera(np.clip(seen, 0, 255).astype(np.uint8), rng)


def _shadow(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The hand's shadow over a part of it."""
    seen = _laid(card, rng)
    height, width = seen.shape[:2]
    mask = np.zeros((height, width), np.float32)
    start, slope = rng.uniform(0.3, 0.7) * width, rng.uniform(-0.4, 0.4) * width
    cv2.fillPoly(mask, [np.array([(start, 0), (width, 0), (width, height), (start + slope, height)], np.int32)], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), 12)[..., None]
    return _camera((seen * (1 - rng.uniform(0.35, 0.55) * mask)).astype(np.uint8), rng)


def _clutter(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """On a printed sheet, so that there is text and there are edges beside the card."""
    return _camera(_laid(card, rng, ground=scene.printed_sheet(rng), fill=rng.uniform(0.6, 0.8)), rng)


def _everything_a_little(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    seen = effects.blur(_laid(card, rng, turn=float(rng.uniform(-8, 8)), tilt=0.12, fill=0.7), 1.2)
    return _camera(effects.exposure(seen, gain=0.7, cast=(1.05, 1.0, 0.9)), rng, noise=4, quality=60)


def _motion(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    seen = effects.motion_blur(_laid(card, rng), length=int(rng.integers(9, 20)), angle=rng.uniform(0, 180))
    return _camera(seen, rng)


_TAKES: dict[str, Take] = {
    "clean": _turned(0),
    "turned_90": _turned(90),
    "turned_180": _turned(180),
    "turned_270": _turned(270),
    "slanted": lambda card, rng: _camera(_laid(card, rng, turn=float(rng.choice([-1, 1]) * rng.uniform(8, 20)), tilt=0.1), rng),
    "perspective": lambda card, rng: _camera(_laid(card, rng, tilt=rng.uniform(0.18, 0.32)), rng),
    "blur_light": lambda card, rng: _camera(effects.blur(_laid(card, rng), rng.uniform(1.5, 2.5)), rng),
    "blur_heavy": lambda card, rng: _camera(effects.blur(_laid(card, rng), rng.uniform(3.5, 5)), rng),
    "motion": _motion,
    "glare": _glare,
    "dark": lambda card, rng: _camera(effects.exposure(_laid(card, rng), gain=rng.uniform(0.25, 0.4)), rng, noise=4),
    "finger": _finger,
    "jpeg": lambda card, rng: _camera(_laid(card, rng), rng, quality=int(rng.integers(14, 26))),
    "moire": _moire,
    "low_resolution": _low_resolution,
    "scan": _scan,
    "white_paper": lambda card, rng: _camera(_laid(card, rng, ground=scene.paper(rng), fill=rng.uniform(0.6, 0.86)), rng),
    "clutter": _clutter,
    "shadow": _shadow,
    "combined": _everything_a_little,
}
CONDITIONS = tuple(_TAKES)
