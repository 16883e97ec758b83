"""Engines once for all tests of this folder, and the pictures they look at."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from demo.specimens import IdCard, draw_back, draw_front, photograph, selfie
from realname.images import decode, reencode
from realname.paths import models_dir
from verification.engines.fetch import fetch
from verification.engines.registry import Engines


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of checked model files and portraits; they are fetched where they are missing."""
    folder = models_dir()
    fetch(folder, group=None)
    return folder


@pytest.fixture(scope="session")
def engines(models) -> Engines:
    return Engines(models)


@pytest.fixture(scope="session")
def faces(models):
    """Portrait by name: (BGR picture, largest face)."""
    engine = Engines(models).face
    found = {}
    for name in ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "grace_hopper.jpg", "astronaut.png"):
        picture = decode((models / name).read_bytes()).bgr
        found[name.split(".")[0]] = picture, engine.detect(picture)[0]
    return found


def bgr_of(image: Image.Image) -> np.ndarray:
    """As it arrives: through a JPEG of ours."""
    _, jpeg = cv2.imencode(".jpg", np.asarray(image.convert("RGB"))[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
    return decode(reencode(jpeg.tobytes())).bgr


class Photographs:
    """Specimen photographs, each made once."""

    def __init__(self, portraits: Path) -> None:
        self._made: dict[tuple, np.ndarray] = {}
        self._portraits = portraits

    def card(self, side: str, condition: str = "clean", seed: int = 1) -> np.ndarray:
        key = (side, condition, seed)
        if key not in self._made:
            card = IdCard.make(seed)
            drawn = draw_front(card, Image.open(self._portraits / "obama.jpg").convert("RGB")) if side == "front" else draw_back(card)
            self._made[key] = bgr_of(photograph(drawn, condition=condition, seed=seed))
        return self._made[key]

    def selfie(self, name: str, condition: str = "clean", seed: int = 1) -> np.ndarray:
        key = (name, condition, seed)
        if key not in self._made:
            portrait = Image.open(next(self._portraits.glob(f"{name}.*"))).convert("RGB")
            self._made[key] = bgr_of(selfie(portrait, condition=condition, seed=seed))
        return self._made[key]


@pytest.fixture(scope="session")
def photographs(models) -> Photographs:
    return Photographs(models)
