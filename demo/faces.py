"""The faces of the demonstration: public-domain portraits, fetched by hash and never part of the repository."""

from functools import cache

import cv2
import numpy as np
from PIL import Image

from demo.specimens import crop_portrait, crop_selfie
from realname.paths import models_dir
from verification.engines.face.sface import YuNetDetector


def photo(name: str) -> Image.Image:
    """The photograph `name` as it is."""
    return _photo(name)[0]


def portrait(name: str) -> Image.Image:
    """Head and shoulders of the photograph `name` (a file of the model folder's `faces` group), as printed on an ID card."""
    photo, box = _photo(name)
    return crop_portrait(photo, box)


def selfie(name: str) -> Image.Image:
    """The photograph `name` framed as a phone held at arm's length would."""
    photo, box = _photo(name)
    return crop_selfie(photo, box)


def picture(name: str) -> np.ndarray:
    """The photograph `name` as engines take it: BGR, uint8."""
    return cv2.cvtColor(np.asarray(_photo(name)[0]), cv2.COLOR_RGB2BGR)


@cache
def _photo(name: str) -> tuple[Image.Image, tuple[float, float, float, float]]:
    path = next(path for path in sorted(models_dir().glob(f"{name}.*")) if path.suffix in {".jpg", ".png"})
    image = Image.open(path).convert("RGB")
    bgr = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR)
    return image, YuNetDetector(models_dir()).detect(bgr)[0].box
