"""Selfies and attacks on them, as one of many cameras sees them. Arrays are RGB uint8.

Every species shows somebody's selfie again: on paper, on a screen, or on a card. With a rim in view, or closer, so that it fills the
frame and only its texture is left to tell it by.
"""

import zlib
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from demo.specimens import effects, reproductions, scene
from demo.specimens.camera import Box, Camera, any_camera, as_photographed, in_a_room, room, seen_by
from demo.specimens.surroundings import SURROUNDINGS

Scene = Callable[[np.ndarray, Camera, np.random.Generator], np.ndarray]

BONA_FIDE = "bona_fide"
GENUINE = (BONA_FIDE, *SURROUNDINGS)  # live people, in a room or where lines are


def present(photo: Image.Image, face_box: Box, *, species: str, seed: int) -> Image.Image:
    """The person of `photo` (species in GENUINE), or an attack with a picture of them. The same for the same arguments.

    `face_box` is the detector's (x, y, width, height) in px of `photo`. Raises ValueError for a species that is in neither.
    """
    if species not in (*GENUINE, *SPECIES):
        raise ValueError(f"Unknown species {species!r}; known: {', '.join((*GENUINE, *SPECIES))}")
    rng = np.random.default_rng([seed, zlib.crc32(species.encode())])
    camera, whole = any_camera(rng), np.asarray(photo.convert("RGB"))
    if species in GENUINE:
        lay = SURROUNDINGS.get(species, _selfie)
        return Image.fromarray(seen_by(camera, lay(whole, face_box, camera.size, rng), rng))
    aspects = ((3, 4), (3, 4), (4, 3), (1, 1))[rng.integers(4)]
    shown = _selfie(whole, face_box, (aspects[0] * 240, aspects[1] * 240), rng)
    return Image.fromarray(seen_by(camera, _SPECIES[species](shown, camera, rng), rng))


def _selfie(photo: np.ndarray, box: Box, size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    lay = as_photographed if rng.random() < 0.5 else in_a_room
    return lay(photo, box, size, rng)


def _print(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """A sheet held up or lying on a desk, its white border in view."""
    sheet = reproductions.printed(shown, rng, border=rng.uniform(0.02, 0.08))
    return _held(sheet, camera, rng, radius=0.002, fill=rng.uniform(0.75, 0.95))


def _print_no_border(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """A photograph on glossy paper, printed to its edges; the edges in view."""
    sheet = reproductions.glossy(shown, rng)
    return _held(sheet, camera, rng, radius=0.002, fill=rng.uniform(0.75, 0.95))


def _print_close(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    return _filling(reproductions.glossy(shown, rng), camera, rng)


def _halftone(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """Laser or offset print, so close that its dots are 2.5 to 6 px of the camera apart."""
    seen = _filling(shown, camera, rng)
    return reproductions.halftone(seen, rng, pitch=rng.uniform(2.5, 6.0))


def _phone(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """A telephone with its rim in view; its pixels are too fine for the camera."""
    return _held(reproductions.lit(shown, rng, rim=rng.uniform(0.02, 0.06)), camera, rng, radius=0.08, fill=rng.uniform(0.75, 0.98))


def _monitor(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """A coarse screen with its rim in view; a pixel of it falls on 1.03 to 1.6 px of the camera."""
    scale = 0.8 * min(camera.size[0] / shown.shape[1], camera.size[1] / shown.shape[0]) / rng.uniform(1.03, 1.6)
    small = cv2.resize(shown, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    screen = effects.exposure(reproductions.on_screen(small), gain=2.1, gamma=0.95, cast=(0.93, 0.98, 1.08))
    return _held(screen, camera, rng, radius=0.01, fill=rng.uniform(0.9, 1.0))


def _screen_close(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """Any screen that fills the frame, too fine for the camera."""
    return _filling(reproductions.lit(shown, rng), camera, rng)


def _moire_close(shown: np.ndarray, camera: Camera, rng: np.random.Generator) -> np.ndarray:
    """A coarse screen that fills the frame."""
    seen = _filling(shown, camera, rng)
    scale = 1 / rng.uniform(1.03, 1.6)
    small = cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    screen = effects.exposure(reproductions.on_screen(small, margin=0, bezel=0), gain=2.1, gamma=0.95, cast=(0.93, 0.98, 1.08))
    return _filling(screen, camera, rng, zoom=1.06, turn=2)


def _held(thing: np.ndarray, camera: Camera, rng: np.random.Generator, *, radius: float, fill: float) -> np.ndarray:
    """The thing before a room or on a desk, perhaps with a thumb on its lower or side edge."""
    size = camera.size
    behind = effects.blur(room(size, rng), 2.0) if rng.random() < 0.6 else scene.desk(rng, size)
    where = scene.corners(rng, thing.shape[1] / thing.shape[0], fill=fill, turn=rng.uniform(-8, 8), tilt=0.1, size=size)
    across = np.linalg.norm(where[1] - where[0])
    shrink = across / thing.shape[1]
    if shrink < 0.8:  # a warp would skip pixels
        thing = cv2.resize(thing, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    seen = scene.place(thing, behind, where, radius=radius)
    return _with_thumb(seen, where, rng) if rng.random() < 0.6 else seen


def _with_thumb(seen: np.ndarray, where: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    top_right, bottom_right, bottom_left = where[1], where[2], where[3]
    across = float(np.linalg.norm(bottom_right - bottom_left))
    if rng.random() < 0.6:
        at = bottom_left + (bottom_right - bottom_left) * rng.uniform(0.1, 0.9) + (0, 0.1 * across)
        axes = (int(across * 0.05), int(across * 0.16))
    else:
        at = top_right + (bottom_right - top_right) * rng.uniform(0.5, 0.9) + (0.1 * across, 0)
        axes = (int(across * 0.16), int(across * 0.05))
    cv2.ellipse(seen, (int(at[0]), int(at[1])), axes, 0, 0, 360, (201, 160, 134), -1, cv2.LINE_AA)
    return seen


def _filling(thing: np.ndarray, camera: Camera, rng: np.random.Generator, *, zoom: float | None = None, turn: float = 6) -> np.ndarray:
    """The middle of the thing over the whole frame, a little turned."""
    width, height = camera.size
    scale = max(width / thing.shape[1], height / thing.shape[0]) * (zoom or rng.uniform(1.12, 1.3))
    if scale < 0.8:
        thing = cv2.resize(thing, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        scale = 1.0
    middle = (thing.shape[1] / 2, thing.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(middle, rng.uniform(-turn, turn), scale)
    matrix[:, 2] += np.array([width, height]) / 2 - middle
    way = cv2.INTER_CUBIC if scale > 1.05 else cv2.INTER_LINEAR
    return cv2.warpAffine(thing, matrix, camera.size, flags=way, borderMode=cv2.BORDER_REFLECT)


_SPECIES: dict[str, Scene] = {
    "print_with_border": _print,
    "print_to_the_edge": _print_no_border,
    "print_filling": _print_close,
    "print_halftone": _halftone,
    "screen_with_rim": _phone,
    "screen_with_rim_moire": _monitor,
    "screen_filling": _screen_close,
    "screen_filling_moire": _moire_close,
}
SPECIES = tuple(_SPECIES)
