"""Live people where straight lines are: light through blinds, fences, doors, windows, pictures, tiles, striped cloth. Arrays are RGB uint8.

None of it is an attack, and all of it resembles the rim of a sheet or the rows of a screen.
"""

from collections.abc import Callable

import cv2
import numpy as np

from demo.specimens import effects
from demo.specimens.camera import Box, Size, before, in_frame

Surrounding = Callable[[np.ndarray, Box, Size, np.random.Generator], np.ndarray]
Colour = tuple[int, int, int]


def _blinds_light(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """The sun through slats: bars of light over the person and the wall, level or a little aslant."""
    return _lit_through(photo, box, size, rng, angle=rng.uniform(-12, 12), bars=rng.uniform(7, 22))


def _fence_light(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """The shade of palings: upright bars over all, and at times of the two rails that hold them."""
    return _lit_through(photo, box, size, rng, angle=90 + rng.uniform(-15, 15), bars=rng.uniform(4, 12), rails=rng.random() < 0.5)


def _lattice_light(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """The sun through a window of many panes: bars both ways, so that light rectangles lie on the face."""
    person, share = in_frame(photo, box, size, rng)
    turn, bars, dark = rng.uniform(-8, 8), rng.uniform(2, 6), rng.uniform(0.45, 0.75)
    light = np.minimum(_bars(size, turn, bars, rng.uniform(0.7, 0.9), rng), _bars(size, turn + 90, bars * 0.8, rng.uniform(0.7, 0.9), rng))
    return _shaded(before(person, share, _wall(size, rng)), light, dark)


def _blinds_behind(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """A window with its blind drawn, behind the person."""
    lines = _bars(size, rng.uniform(-3, 3), rng.uniform(14, 50), rng.uniform(0.4, 0.8), rng)
    slats = _mixed(lines, _colour(rng, 150, 245), _colour(rng, 60, 150))
    return _before(photo, box, size, rng, slats)


def _fence_behind(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """Palings behind the person, and the rails across them."""
    pales = _bars(size, 90 + rng.uniform(-3, 3), rng.uniform(5, 20), rng.uniform(0.5, 0.85), rng)
    fence = _mixed(pales, _colour(rng, 90, 240), _colour(rng, 40, 120))
    for at in rng.uniform(0.1, 0.9, 2):
        cv2.line(fence, (0, int(at * size[1])), (size[0], int(at * size[1])), _colour(rng, 90, 240), max(2, size[1] // 30))
    return _before(photo, box, size, rng, fence)


def _door_frame(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """The person stands in a doorway: its lintel above, its jambs beside them down to the floor, panels in the door."""
    width, height = size
    wall, frame = _wall(size, rng), _colour(rng, 60, 245)
    left, right = int(rng.uniform(0.02, 0.25) * width), int(rng.uniform(0.75, 0.98) * width)
    top, thick = int(rng.uniform(0.02, 0.16) * height), max(2, int(width * rng.uniform(0.015, 0.06)))
    cv2.rectangle(wall, (left, top), (right, 2 * height), _colour(rng, 60, 200), -1)
    for panel in range(2):
        down = top + int((0.05 + 0.47 * panel) * height)
        cv2.rectangle(wall, (left + 2 * thick, down), (right - 2 * thick, down + int(0.4 * height)), _colour(rng, 60, 200), 2)
    cv2.rectangle(wall, (left, top), (right, 2 * height), frame, thick)
    return _before(photo, box, size, rng, wall)


def _window_frame(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """A window behind the person, its sill at any height behind head or shoulders, with a mullion and a transom."""
    width, height = size
    wall, frame = _wall(size, rng), _colour(rng, 150, 250)
    left, right = int(rng.uniform(0.02, 0.28) * width), int(rng.uniform(0.72, 0.98) * width)
    top, bottom = int(rng.uniform(0.02, 0.14) * height), int(rng.uniform(0.5, 0.97) * height)
    sky = _colour(rng, 130, 255)
    cv2.rectangle(wall, (left, top), (right, bottom), sky, -1)
    cv2.rectangle(wall, (left, (top + bottom) // 2), (right, bottom), _colour(rng, 40, 160), -1)
    thick = max(2, int(width * rng.uniform(0.01, 0.04)))
    cv2.rectangle(wall, (left, top), (right, bottom), frame, thick)
    cv2.line(wall, ((left + right) // 2, top), ((left + right) // 2, bottom), frame, thick)
    cv2.line(wall, (left, (top + bottom) // 2), (right, (top + bottom) // 2), frame, thick)
    return _before(photo, box, size, rng, wall)


def _picture_behind(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """A framed picture on the wall, large enough to enclose the head; its lower side behind the shoulders, or the neck."""
    width, height = size
    wall = _wall(size, rng)
    left, right = int(rng.uniform(0.05, 0.28) * width), int(rng.uniform(0.72, 0.95) * width)
    top, bottom = int(rng.uniform(0.03, 0.14) * height), int(rng.uniform(0.6, 0.92) * height)
    picture = np.full((bottom - top, right - left, 3), _colour(rng, 40, 240), np.uint8)
    for _ in range(12):
        at = tuple(int(v) for v in rng.uniform(0, 1, 2) * picture.shape[1::-1])
        cv2.circle(picture, at, int(rng.uniform(0.02, 0.12) * width), _colour(rng, 20, 240), -1)
    wall[top:bottom, left:right] = picture
    thick = max(2, int(width * rng.uniform(0.01, 0.05)))
    cv2.rectangle(wall, (left, top), (right, bottom), _colour(rng, 20, 240), thick)
    return _before(photo, box, size, rng, wall)


def _striped_shirt(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """Level or upright stripes on what the person wears."""
    person, share = in_frame(photo, box, size, rng)
    angle = float(rng.choice((0, 90))) + rng.uniform(-6, 6)
    lines = _bars(size, angle, rng.uniform(14, 70), rng.uniform(0.4, 0.6), rng)
    worn = _mixed(lines, _colour(rng, 120, 250), _colour(rng, 10, 130))
    below = _shoulders(share)[..., None]
    dressed = (person * (1 - below) + (0.2 * person + 0.8 * worn) * below).astype(np.uint8)
    return before(dressed, share, effects.blur(_wall(size, rng), 1.0))


def _tiled_wall(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """Tiles and their joints all over the wall behind the person."""
    tiles = rng.uniform(4, 22)
    joints = np.minimum(_bars(size, 0, tiles, 0.94, rng), _bars(size, 90, tiles, 0.94, rng))
    wall = _mixed(joints, _colour(rng, 120, 245), _colour(rng, 40, 200))
    return _before(photo, box, size, rng, wall)


def _lit_through(
    photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator, *, angle: float, bars: float, rails: bool = False
) -> np.ndarray:
    person, share = in_frame(photo, box, size, rng)
    light = _bars(size, angle, bars, rng.uniform(0.35, 0.65), rng)
    if rails:
        light = np.minimum(light, _bars(size, angle + 90, 2.0, 0.85, rng))
    return _shaded(before(person, share, _wall(size, rng)), light, rng.uniform(0.35, 0.75))


def _before(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator, behind: np.ndarray) -> np.ndarray:
    person, share = in_frame(photo, box, size, rng)
    return before(person, share, effects.blur(effects.uneven_light(behind, rng, strength=0.2), rng.uniform(0.3, 2.0)))


def _bars(size: Size, angle: float, number: float, share: float, rng: np.random.Generator) -> np.ndarray:
    """1.0 on bars, 0.0 between, soft at their edges: `number` of them over the frame's height, level at `angle` 0 (degrees)."""
    width, height = size
    y, x = np.mgrid[:height, :width].astype(np.float32)
    across = y * np.cos(np.deg2rad(angle)) - x * np.sin(np.deg2rad(angle))
    period = height / number
    place = (across / period + rng.random()) % 1.0
    soft = rng.uniform(0.5, 3.0) / period  # px over which an edge passes
    return np.clip((share / 2 - np.abs(place - 0.5)) / soft + 0.5, 0, 1)


def _shaded(seen: np.ndarray, light: np.ndarray, dark: float) -> np.ndarray:
    """`light` at 1.15 times the picture where it falls, `dark` times it elsewhere."""
    return np.clip(seen * (dark + (1.15 - dark) * light)[..., None], 0, 255).astype(np.uint8)


def _mixed(lines: np.ndarray, one: Colour, other: Colour) -> np.ndarray:
    return (lines[..., None] * np.array(one) + (1 - lines[..., None]) * np.array(other)).astype(np.uint8)


def _colour(rng: np.random.Generator, low: int, high: int) -> Colour:
    """Of things about a house: a grey between the two, with a tint."""
    tint = rng.integers(-22, 23, 3)
    return tuple(int(v) for v in np.clip(rng.integers(low, high) + tint, 0, 255))


def _wall(size: Size, rng: np.random.Generator) -> np.ndarray:
    plain = np.full((size[1], size[0], 3), _colour(rng, 90, 240), np.uint8)
    return effects.uneven_light(plain, rng, strength=0.2)


def _shoulders(share: np.ndarray) -> np.ndarray:
    """1.0 on the rows from where the person is 1.8 times as wide as their head, 0.0 above: float32 (height, 1)."""
    wide = (share > 0.5).sum(axis=1)
    rows = np.flatnonzero(wide)
    if not len(rows):
        return np.zeros((len(share), 1), np.float32)
    head = np.median(wide[rows[0] : rows[0] + max(1, len(rows) // 4)])
    broad = rows[wide[rows] > 1.8 * head]
    first = broad[0] if len(broad) else len(share)
    return (np.arange(len(share)) >= first).astype(np.float32)[:, None]


SURROUNDINGS: dict[str, Surrounding] = {
    "live_in_blinds_light": _blinds_light,
    "live_in_fence_light": _fence_light,
    "live_in_lattice_light": _lattice_light,
    "live_before_blinds": _blinds_behind,
    "live_before_fence": _fence_behind,
    "live_in_doorway": _door_frame,
    "live_before_window": _window_frame,
    "live_before_picture": _picture_behind,
    "live_in_striped_shirt": _striped_shirt,
    "live_before_tiles": _tiled_wall,
}
