"""P-REG-3: one photograph used twice is told by its pixels, two photographs of one person are not taken for one."""

import itertools

import cv2
import numpy as np
import pytest

from demo.specimens import effects
from verification.engines.base import Face
from verification.engines.face.same_picture import picture_likeness
from verification.policy import SAME_PIXELS_AT

NAMES = ["obama", "obama3", "biden", "astronaut", "grace_hopper"]
AGAIN = {
    "small": lambda picture: cv2.resize(picture, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA),
    "mirrored": lambda picture: np.ascontiguousarray(picture[:, ::-1]),
    "without colour": lambda picture: np.repeat(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[..., None], 3, axis=2),
    "darker": lambda picture: effects.exposure(picture, gain=0.8, gamma=1.4, cast=(1.1, 1, 0.9)),
    "encoded anew": lambda picture: effects.jpeg_noise(picture, quality=30),
    "stretched": lambda picture: cv2.resize(picture, None, fx=1.1, fy=1.0),
}


@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("name", NAMES)
def test_one_photograph_changed_is_still_one(engines, faces, name, again):
    picture, face = faces[name]
    changed = AGAIN[again](picture)
    assert picture_likeness(picture, face, changed, engines.face.detect(changed)[0]) >= SAME_PIXELS_AT.default


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(["obama", "obama2", "obama3", "biden", "grace_hopper"], 2)])
def test_two_photographs_are_two_of_one_person_too(faces, one, other):
    assert picture_likeness(*faces[one], *faces[other]) < SAME_PIXELS_AT.minimum


def test_a_plain_picture_is_like_nothing(faces):
    face = Face(box=(10, 10, 90, 100), points=np.array([[35, 40], [65, 40], [50, 60], [38, 80], [62, 80]], np.float32), score=0.9)
    plain = np.full((120, 120, 3), 128, np.uint8)
    assert picture_likeness(plain, face, *faces["obama"]) == 0.0
