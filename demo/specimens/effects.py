"""What light and a lens do to a picture. Arrays are RGB uint8 in and out; each effect is one function."""

import cv2
import numpy as np


def uneven_light(picture: np.ndarray, rng: np.random.Generator, *, strength: float = 0.16) -> np.ndarray:
    """Brighter on one side by `strength` and darker by as much on the other."""
    height, width = picture.shape[:2]
    direction = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return _bytes(picture * (1 + strength * (x * np.cos(direction) + y * np.sin(direction)))[..., None])


def exposure(picture: np.ndarray, *, gain: float = 1.0, gamma: float = 1.0, cast: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """Multiplied by `gain` and by `cast` per channel after the curve `gamma` (over 1 darkens the middle)."""
    return _bytes(255 * (picture.astype(np.float32) / 255) ** gamma * gain * np.array(cast, np.float32))


def blur(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Out of focus; `sigma` in pixels."""
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def motion_blur(picture: np.ndarray, *, length: int, angle: float) -> np.ndarray:
    """Moved `length` pixels along `angle` degrees while the shutter was open."""
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), angle, 1)
    kernel = cv2.warpAffine(kernel, turn, (length, length))
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def glare(picture: np.ndarray, *, centre: tuple[float, float], radius: float, strength: float = 1.0) -> np.ndarray:
    """A lamp's reflection: an ellipse that burns out to white in its middle. `centre` and `radius` in pixels."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = ((x - centre[0]) / (1.5 * radius)) ** 2 + ((y - centre[1]) / radius) ** 2
    light = strength * 1.6 * np.exp(-(distance**1.5))
    return _bytes(picture + 255 * light[..., None])


def grey_copy(picture: np.ndarray) -> np.ndarray:
    """As a copying machine gives it back: no colour, hard contrast."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.repeat(_bytes((grey - 128) * 1.15 + 128)[..., None], 3, axis=2)


def sensor_noise(picture: np.ndarray, rng: np.random.Generator, *, sigma: float = 2.5) -> np.ndarray:
    """Noise of a small sensor, `sigma` in grey levels."""
    return _bytes(picture + rng.normal(0, sigma, picture.shape).astype(np.float32))


def jpeg_noise(picture: np.ndarray, *, quality: int = 86) -> np.ndarray:
    """What one JPEG compression by the phone leaves behind."""
    _, encoded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR)[..., ::-1])


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.clip(values, 0, 255).astype(np.uint8)
