"""Photographs as a phone would take them, good and bad: of cards (`photograph`) and of faces (`selfie`)."""

import io
import zlib
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from demo.specimens import effects, reproductions, scene

Finish = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def photograph(card_image: Image.Image, *, condition: str = "clean", seed: int = 0) -> Image.Image:
    """A phone photograph of a card on a desk, 1600 x 1200 (low_resolution: 416 x 312). The same for the same arguments.

    Raises ValueError for a condition that is not in CONDITIONS.
    """
    if condition not in _CARD:
        raise ValueError(f"Unknown condition {condition!r}; known: {', '.join(CONDITIONS)}")
    rng = np.random.default_rng([seed, zlib.crc32(condition.encode())])
    lay, finish = _CARD[condition]
    seen = lay(np.asarray(card_image.convert("RGB")), rng)
    # A phone meters so that white paper keeps a little below white.
    seen = effects.exposure(effects.uneven_light(seen, rng, strength=0.1), gain=0.9)
    seen = effects.blur(seen, 0.7)
    seen = effects.sensor_noise(finish(seen, rng), rng)
    return Image.fromarray(effects.jpeg_noise(seen))


def selfie(portrait: Image.Image, *, condition: str = "clean", seed: int = 0) -> Image.Image:
    """`portrait` as a phone's own photograph: `clean`, `recapture` (off a screen) or `print` (off paper).

    Long side 1280 pixels when clean, else 1600. The same for the same arguments. Raises ValueError for another condition.
    """
    if condition not in _SELFIE:
        raise ValueError(f"Unknown condition {condition!r}; known: {', '.join(SELFIE_CONDITIONS)}")
    rng = np.random.default_rng([seed, zlib.crc32(f"selfie {condition}".encode())])
    face = _reframe(np.asarray(portrait.convert("RGB")), rng)
    seen = effects.blur(effects.uneven_light(_SELFIE[condition](face, rng), rng, strength=0.08), 0.6)
    return Image.fromarray(effects.jpeg_noise(effects.sensor_noise(seen, rng)))


def to_jpeg(image: Image.Image, quality: int = 88) -> bytes:
    """The picture as a JPEG file."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _on_desk(card: np.ndarray, rng: np.random.Generator, *, turn: float = 0, tilt: float = 0.05, fill: float = 0.86) -> np.ndarray:
    where = scene.corners(rng, card.shape[1] / card.shape[0], fill=fill, turn=turn + rng.uniform(-3, 3), tilt=tilt)
    return scene.place(card, scene.desk(rng), where)


def _cut_off(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    where = scene.corners(rng, card.shape[1] / card.shape[0], fill=0.95, turn=rng.uniform(-3, 3), tilt=0.05)
    # A quarter of the card lies beyond the right edge, with the portrait or the end of the number.
    return scene.place(card, scene.desk(rng), where + np.array([0.27 * scene.FRAME[0], 0], np.float32))


def _copied(card: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    where = scene.corners(rng, card.shape[1] / card.shape[0], fill=0.8, turn=rng.uniform(-3, 3), tilt=0.03)
    return effects.grey_copy(scene.place(card, scene.paper(rng), where))


def _off_screen(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    size = _frame_for(picture)
    shown = reproductions.on_screen(_at_screen_resolution(picture, rng, size))
    where = scene.corners(rng, shown.shape[1] / shown.shape[0], fill=1.0, turn=rng.uniform(-2, 2), tilt=0.05, size=size)
    seen = scene.place(shown, effects.exposure(scene.desk(rng, size), gain=0.2), where, radius=0.02)
    seen = effects.exposure(seen, gain=2.1, gamma=0.95, cast=(0.93, 0.98, 1.08))
    x, y = rng.uniform(0.55, 0.9) * size[0], rng.uniform(0.02, 0.12) * size[1]
    return effects.glare(seen, centre=(x, y), radius=min(size) * 0.12, strength=0.16)


def _frame_for(picture: np.ndarray) -> tuple[int, int]:
    """The camera's frame, held upright for an upright picture."""
    return scene.FRAME[::-1] if picture.shape[0] > picture.shape[1] else scene.FRAME


def _at_screen_resolution(picture: np.ndarray, rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """`picture` sized so that a pixel of the screen falls on 1.03 to 1.08 of the camera's: where the bands are widest."""
    height, width = picture.shape[:2]
    # 1.23 is what the screen's margin and bezel add to the picture's width (0.08 and 0.035 on either side).
    across = min(size[0] / (1.23 * width), size[1] / (height + 0.23 * width))
    scale = across / rng.uniform(1.03, 1.08)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _glare_on_card(seen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    height, width = seen.shape[:2]
    centre = (rng.uniform(0.3, 0.6) * width, rng.uniform(0.4, 0.62) * height)
    return effects.glare(seen, centre=centre, radius=0.15 * height)


def _small(seen: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    return cv2.resize(seen, (416, 312), interpolation=cv2.INTER_AREA)


def _as_is(seen: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    return seen


# condition: how the card lies before the camera, and what then goes wrong
_CARD: dict[str, tuple[Finish, Finish]] = {
    "clean": (_on_desk, _as_is),
    "rotated_90": (lambda card, rng: _on_desk(card, rng, turn=90), _as_is),
    "tilted": (lambda card, rng: _on_desk(card, rng, turn=float(rng.choice([-11, 11])), tilt=0.16), _as_is),
    "dark": (_on_desk, lambda seen, rng: effects.sensor_noise(effects.exposure(seen, gain=0.24), rng, sigma=4)),
    "blur": (_on_desk, lambda seen, _rng: effects.blur(seen, 5.0)),
    "motion_blur": (_on_desk, lambda seen, rng: effects.motion_blur(seen, length=25, angle=rng.uniform(-30, 30))),
    "glare": (_on_desk, _glare_on_card),
    "low_resolution": (lambda card, rng: _on_desk(card, rng, fill=0.72), _small),
    "cut_off": (_cut_off, _as_is),
    "photocopy": (_copied, _as_is),
    "recapture": (_off_screen, _as_is),
}
CONDITIONS = tuple(_CARD)


def _reframe(face: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A slightly different crop of the picture, with its long side at 1280 pixels."""
    height, width = face.shape[:2]
    left, right = (int(share * width) for share in rng.uniform(0, 0.04, 2))
    top, bottom = (int(share * height) for share in rng.uniform(0, 0.03, 2))
    cropped = face[top : height - bottom, left : width - right]
    scale = 1280 / max(cropped.shape[:2])
    return cv2.resize(cropped, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _taken(face: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    warmth = rng.uniform(-0.03, 0.03)
    return effects.exposure(face, gain=rng.uniform(0.94, 1.06), gamma=rng.uniform(0.9, 1.1), cast=(1 + warmth, 1, 1 - warmth))


def _face_off_paper(face: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    size = _frame_for(face)
    sheet = reproductions.printed(face, rng)
    where = scene.corners(rng, sheet.shape[1] / sheet.shape[0], fill=0.97, turn=rng.uniform(-4, 4), tilt=0.08, size=size)
    return scene.place(sheet, scene.desk(rng, size), where, radius=0.001)


_SELFIE: dict[str, Finish] = {"clean": _taken, "recapture": _off_screen, "print": _face_off_paper}
SELFIE_CONDITIONS = tuple(_SELFIE)
