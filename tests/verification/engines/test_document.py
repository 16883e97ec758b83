"""Cards are found, turned upright and read, with the real models, on specimens photographed as a phone would."""

import cv2
import numpy as np
import pytest
from PIL import Image

from demo.specimens import IdCard, draw_front
from verification.engines.base import FRONT_FIELDS

pytestmark = pytest.mark.slow

CARD = IdCard.make(1)
FRONT = {
    "name": CARD.name,
    "sex": CARD.sex,
    "ethnicity": CARD.ethnicity,
    "birth": CARD.birth.isoformat(),
    "address": CARD.address,
    "id_number": CARD.id_number,
}
BACK = {
    "authority": CARD.authority,
    "valid_from": CARD.valid_from.isoformat(),
    "valid_to": CARD.valid_to.isoformat() if CARD.valid_to else "long_term",
}


def texts(reading) -> dict[str, str]:
    return {name: field.text for name, field in reading.fields.items()}


@pytest.mark.parametrize("condition", ["clean", "tilted", "rotated_90", "low_resolution"])
@pytest.mark.parametrize(("side", "expected"), [("front", FRONT), ("back", BACK)])
def test_a_card_is_read(engines, photographs, condition, side, expected):
    """P-VER-1: every field of both sides, as printed."""
    reading = engines.document.read(photographs.card(side, condition))
    assert reading.side == side
    assert texts(reading) == expected
    assert reading.missing == ()
    assert reading.located.found


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_card_is_found_whichever_way_it_lies(engines, photographs, quarter_turns):
    turned = np.ascontiguousarray(np.rot90(photographs.card("front"), quarter_turns))
    located = engines.document.locate(turned)
    assert located.turned == 90 * quarter_turns
    assert located.card.shape == (646, 1024, 3)
    upright = engines.document.locate(photographs.card("front")).card.astype(int)
    # the outline differs by a pixel or two; the wrong way up differs by far more
    assert np.abs(located.card - upright).mean() < 10 < np.abs(located.card[::-1, ::-1] - upright).mean() - 8


def test_a_scan_that_fills_the_frame_is_read_whole(engines, models):
    """The portrait on it has an outline too, and must not be taken for the card."""
    portrait = Image.open(models / "obama.jpg").convert("RGB")
    scan = np.asarray(draw_front(CARD, portrait))[:, :, ::-1].copy()
    reading = engines.document.read(scan)
    assert not reading.located.found
    assert texts(reading) == FRONT


def test_a_wrong_check_digit_is_read_as_printed_and_flagged(engines, photographs):
    from tests.verification.engines.conftest import bgr_of

    card = IdCard.make(6, bad_check_digit=True)
    number = engines.document.read(bgr_of(draw_front(card))).fields["id_number"]
    assert number.text == card.id_number
    assert number.review


@pytest.mark.parametrize("name", ["obama", "astronaut"])
def test_a_selfie_is_no_document(engines, faces, name):
    reading = engines.document.read(faces[name][0])
    assert reading.side == "other"
    assert reading.fields == {}


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_empty_picture_is_no_document(engines, level):
    reading = engines.document.read(np.full((600, 900, 3), level, np.uint8))
    assert (reading.side, reading.fields) == ("other", {})


def test_what_glare_hides_is_missing_and_not_invented(engines, photographs):
    reading = engines.document.read(photographs.card("front", "glare"))
    assert reading.side == "front"
    assert set(reading.missing) & {"birth", "address"}
    assert set(reading.missing) <= set(reading.for_review) <= set(FRONT_FIELDS)
    read = texts(reading)
    assert {name: text for name, text in read.items() if name in ("id_number", "sex")} == {
        name: FRONT[name] for name in ("id_number", "sex") if name in read
    }


def test_reading_reuses_what_was_located(engines, photographs, monkeypatch):
    picture = photographs.card("back")
    located = engines.document.locate(picture)
    monkeypatch.setattr(engines.document._locator, "locate", lambda bgr: pytest.fail("located twice"))
    assert engines.document.read(picture, located=located).located is located


def test_the_engine_names_itself(engines):
    """P-VER-7: a check keeps engine and version."""
    assert engines.document.name == "ppocrv6-tiny+small"
    assert engines.document.version == "193bab7a+090f04ab+9ef676d6+6f327246+2f62c9bf"


def test_of_a_card_partly_beyond_the_frame_every_field_is_a_persons_to_look_at(engines, photographs):
    """P-VER-1: what lies at the edge may go on beyond it, and be read surely all the same."""
    picture = photographs.card("front", "cut_off")
    reading = engines.document.read(picture)
    assert reading.located.cut_off
    assert reading.fields
    assert all(field.review for field in reading.fields.values())


def _beside(picture: np.ndarray, *, along: int) -> np.ndarray:
    """Two photographs of cards on one desk, at half size each."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.concatenate([half, half], axis=along)


@pytest.mark.parametrize("along", [0, 1])
def test_two_cards_in_one_picture_are_named(engines, photographs, along):
    """Which of them is meant is not guessed at (P-REG-7)."""
    assert engines.locator.locate(_beside(photographs.card("front"), along=along)).several


@pytest.mark.parametrize("condition", ["clean", "tilted", "glare", "photocopy", "cut_off", "recapture"])
@pytest.mark.parametrize("side", ["front", "back"])
def test_one_card_is_not_two(engines, photographs, side, condition):
    assert not engines.locator.locate(photographs.card(side, condition)).several
