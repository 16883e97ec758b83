"""People before a camera, in a room or as they were photographed. Arrays are RGB uint8.

Only public-domain portraits are at hand, so a genuine selfie is one of them, cut out or cropped, seen by one of many cameras.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from demo.specimens import effects

Box = tuple[float, float, float, float]
Size = tuple[int, int]

_WALLS = ((196, 190, 180), (168, 178, 186), (206, 200, 170), (120, 118, 112), (228, 226, 220), (92, 104, 120))


@dataclass(frozen=True, slots=True)
class Camera:
    """`size` is (width, height) px of the sensor, `kept` the share of it that is left after a resize, `sharpness` the blur's sigma in
    px, `noise` in grey levels, `quality` JPEG's."""

    size: Size
    sharpness: float
    noise: float
    quality: int
    kept: float = 1.0


def any_camera(rng: np.random.Generator) -> Camera:
    """From a webcam of long ago, a face cropped out of a web page, to a telephone."""
    size = ((640, 480), (640, 480), (480, 640), (250, 250), (960, 1280), (1280, 960), (720, 1280))[rng.integers(7)]
    return Camera(
        size=size,
        sharpness=float(rng.uniform(0.3, 1.4)),
        noise=float(rng.uniform(0.5, 6.0)),
        quality=int(rng.integers(35, 96)),
        kept=float((1.0, 1.0, 1.0, 0.6, 1.5)[rng.integers(5)]),
    )


def seen_by(camera: Camera, light: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the camera makes of what lies before it: exposure, lens, sensor, JPEG, and a messenger's resize."""
    warmth = rng.uniform(-0.06, 0.06)
    seen = effects.exposure(light, gain=rng.uniform(0.7, 1.2), gamma=rng.uniform(0.85, 1.2), cast=(1 + warmth, 1, 1 - warmth))
    seen = effects.sensor_noise(effects.blur(seen, camera.sharpness), rng, sigma=camera.noise)
    seen = effects.jpeg_noise(seen, quality=camera.quality)
    if camera.kept == 1.0:
        return seen
    way = cv2.INTER_AREA if camera.kept < 1 else cv2.INTER_CUBIC
    return effects.jpeg_noise(cv2.resize(seen, None, fx=camera.kept, fy=camera.kept, interpolation=way), quality=camera.quality)


def as_photographed(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """A crop of the photograph with the face in it: its own background, as large a share of it as the photograph allows."""
    height, width = photo.shape[:2]
    aspect = size[0] / size[1]
    x, y, face_width, face_height = box
    most = min(width, height * aspect)
    across = float(np.clip(face_width / rng.uniform(0.2, 0.5), min(most, 1.35 * max(face_width, face_height * aspect)), most))
    down = across / aspect
    left = float(np.clip(x + face_width / 2 - across * rng.uniform(0.42, 0.58), 0, width - across))
    top = float(np.clip(y + face_height / 2 - down * rng.uniform(0.4, 0.55), 0, height - down))
    cut = photo[int(top) : int(top + down), int(left) : int(left + across)]
    return cv2.resize(cut, size, interpolation=cv2.INTER_AREA if across > size[0] else cv2.INTER_CUBIC)


def in_a_room(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> np.ndarray:
    """The person cut out, before a wall with doors, windows, pictures and shelves: straight lines that are no screen."""
    person, share = in_frame(photo, box, size, rng)
    return before(person, share, effects.blur(room(size, rng), rng.uniform(0.3, 2.5)))


def in_frame(photo: np.ndarray, box: Box, size: Size, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The person cut out and laid into a frame, and how much of each pixel is theirs (float32, 0..1)."""
    person, share, face = _cut_out(photo, box)
    width, height = size
    scale = width * rng.uniform(0.16, 0.36) / face[2]
    down = height * rng.uniform(0.4, 0.55) - (face[1] + face[3] / 2) * scale
    # the cut-out ends at the frame's lower edge or beyond it
    down = max(down, height - person.shape[0] * scale)
    across = width * rng.uniform(0.42, 0.58) - (face[0] + face[2] / 2) * scale
    move = np.array([[scale, 0, across], [0, scale, down]], np.float32)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    laid = cv2.warpAffine(_shrunk(person, scale), _after_shrink(move, scale), size, flags=way)
    return laid, cv2.warpAffine(_shrunk(share, scale), _after_shrink(move, scale), size)


def before(person: np.ndarray, share: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """The person of `in_frame` before what is behind them."""
    mask = share[..., None]
    return np.clip(person.astype(np.float32) * mask + behind.astype(np.float32) * (1 - mask), 0, 255).astype(np.uint8)


def room(size: Size, rng: np.random.Generator) -> np.ndarray:
    """A wall with up to five upright rectangles on it, and perhaps the edge of a table."""
    width, height = size
    wall = np.full((height, width, 3), _WALLS[rng.integers(len(_WALLS))], np.uint8)
    for _ in range(rng.integers(1, 6)):
        left, top = int(rng.uniform(-0.1, 0.8) * width), int(rng.uniform(-0.1, 0.6) * height)
        right, bottom = left + int(rng.uniform(0.1, 0.7) * width), top + int(rng.uniform(0.2, 0.9) * height)
        inner, frame = (tuple(int(v) for v in rng.integers(20, 250, 3)) for _ in range(2))
        cv2.rectangle(wall, (left, top), (right, bottom), inner, -1)
        cv2.rectangle(wall, (left, top), (right, bottom), frame, int(rng.integers(1, max(2, width // 60))))
    if rng.random() < 0.3:
        cv2.rectangle(wall, (0, int(height * rng.uniform(0.7, 0.95))), (width, height), (110, 84, 60), -1)
    return effects.uneven_light(wall, rng, strength=0.25)


def _cut_out(photo: np.ndarray, box: Box) -> tuple[np.ndarray, np.ndarray, Box]:
    """Head and shoulders, how much of each pixel is theirs (float32, 0..1), and where the face is in it."""
    x, y, face_width, face_height = box
    left, right = max(0, int(x - 2 * face_width)), min(photo.shape[1], int(x + 3 * face_width))
    top, bottom = max(0, int(y - 0.6 * face_height)), min(photo.shape[0], int(y + 3.2 * face_height))
    person = photo[top:bottom, left:right]
    scale = 160 / max(person.shape[:2])
    small = cv2.resize(person, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    face = (x - left, y - top, face_width, face_height)
    mask = _guess(small.shape[:2], tuple(v * scale for v in face))
    cv2.setRNGSeed(1)  # grabCut draws from OpenCV's own random numbers
    cv2.grabCut(small, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK)
    own = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    share = cv2.resize(cv2.GaussianBlur(own, (0, 0), 0.8), (person.shape[1], person.shape[0]), interpolation=cv2.INTER_LINEAR)
    return person, share, face


def _guess(shape: tuple[int, int], face: Box) -> np.ndarray:
    x, y, width, height = face
    middle = int(x + width / 2)
    mask = np.full(shape, cv2.GC_PR_BGD, np.uint8)
    cv2.ellipse(mask, (middle, int(y + height * 0.42)), (int(width * 0.72), int(height * 0.78)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(mask, (middle, int(y + height * 2.6)), (int(width * 1.5), int(height * 1.35)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.ellipse(mask, (middle, int(y + height * 0.5)), (int(width * 0.46), int(height * 0.55)), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.ellipse(mask, (middle, int(y + height * 2.8)), (int(width * 0.9), int(height * 1.3)), 0, 0, 360, cv2.GC_FGD, -1)
    return mask


def _shrunk(picture: np.ndarray, scale: float) -> np.ndarray:
    """Averaged first where it is made smaller: a warp would skip pixels."""
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def _after_shrink(move: np.ndarray, scale: float) -> np.ndarray:
    return np.array([[1, 0, move[0, 2]], [0, 1, move[1, 2]]], np.float32) if scale < 1 else move
