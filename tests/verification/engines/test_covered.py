"""What lies on a field is seen, and shadows and the pattern of the paper are not taken for it."""

import cv2
import numpy as np
import pytest

from demo.specimens import IdCard, draw_front
from verification.engines.base import FieldRead, TextLine
from verification.engines.ocr.covered import covered

CARD = IdCard.make(3)


def fields() -> dict[str, FieldRead]:
    """Where the standard's layout has them, as the detector would cut them."""
    places = {"name": (160, 64, 320, 124), "birth": (160, 222, 510, 272), "address": (160, 300, 616, 404)}
    return {name: FieldRead("甲", 0.99, False, (_line(*place),)) for name, place in places.items()}


def _line(left: float, top: float, right: float, bottom: float) -> TextLine:
    return TextLine("甲", 0.99, np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))


@pytest.fixture(scope="module")
def card() -> np.ndarray:
    bright = np.asarray(draw_front(CARD))[:, :, ::-1]
    return (bright * 0.86).astype(np.uint8)  # as a camera meters it


def test_a_card_with_nothing_on_it_is_not_covered(card):
    assert covered("front", fields(), card) == set()


def test_a_finger_on_the_address_is_seen(card):
    held = card.copy()
    cv2.ellipse(held, (520, 380), (70, 60), 0, 0, 360, (110, 140, 200), -1)
    assert covered("front", fields(), held) == {"address"}


def test_a_lamp_on_the_name_is_seen_also_beyond_what_was_read(card):
    lit = card.copy()
    cv2.ellipse(lit, (390, 95), (60, 40), 0, 0, 360, (255, 255, 255), -1)
    assert covered("front", fields(), lit) == {"name"}


def test_a_shadow_covers_nothing(card):
    shaded = card.copy()
    shaded[:, 400:] = (shaded[:, 400:] * 0.55).astype(np.uint8)
    assert covered("front", fields(), shaded) == set()


def test_without_fields_there_is_nothing_to_cover(card):
    assert covered("front", {}, card) == set()
