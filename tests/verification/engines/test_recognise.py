"""A line is read on its own width, character by character."""

from types import SimpleNamespace

import numpy as np
import pytest

from verification.engines.ocr.cascade import CascadeOcr
from verification.engines.ocr.recognise import Recogniser, crop


@pytest.fixture(scope="module")
def ocr(models) -> CascadeOcr:
    return CascadeOcr(models)


def written(text: str, *, size: int = 40):
    from PIL import Image, ImageDraw

    from demo.specimens.fonts import font

    image = Image.new("RGB", (int(font(size).getlength(text)) + 30, size + 24), "white")
    ImageDraw.Draw(image).text((15, 6), text, font=font(size), fill="black")
    return np.asarray(image)[:, :, ::-1]


@pytest.mark.parametrize("careful", [True, False])
@pytest.mark.parametrize("text", ["古丽娜尔·阿布都热合曼", "2022.09.11-长期", "11010519491231002X", "男"])
def test_both_models_read_what_cards_say(ocr, careful, text):
    picture = written(text)
    height, width = picture.shape[:2]
    quad = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    line = ocr.read(picture, quad, careful=careful)
    assert line.text == text
    assert line.confidence > 0.5
    assert len(line.places) == len(text)
    assert list(line.places) == sorted(line.places)


def test_only_the_careful_model_knows_rare_characters(ocr):
    """Why names are always read with care."""
    picture = written("刘赟娜")
    quad = np.array([[0, 0], [picture.shape[1], 0], picture.shape[1::-1], [0, picture.shape[0]]], np.float32)
    assert ocr.read(picture, quad, careful=True).text == "刘赟娜"
    assert ocr.read(picture, quad).text != "刘赟娜"


def test_the_least_sure_character_counts(models):
    recogniser = Recogniser("PP-OCRv6_rec_small.onnx", models)
    classes = np.array([0, 5, 5, 0, 9, 0, 5])
    likely = np.array([0.9, 0.7, 0.8, 0.9, 0.4, 0.9, 0.6])
    seen = recogniser._decoded(classes, likely, 1.0)
    assert len(seen.text) == 3
    assert seen.text[0] == seen.text[2] != seen.text[1]
    assert seen.confidences == (0.8, 0.4, 0.6)
    assert seen.places == (2.0, 4.5, 6.5)


@pytest.mark.parametrize(("today", "older", "text", "sure"), [(0.55, 0.4, "强", 0.95), (0.3, 0.6, "强", 0.9), (0.04, 0.9, "強", 0.9)])
def test_two_forms_of_one_character_count_as_one(models, monkeypatch, today, older, text, sure):
    """A model halves its belief between forms that look the same; only where it all but excludes today's the older one is read."""
    recogniser = Recogniser("PP-OCRv6_rec_small.onnx", models)
    likely = np.zeros((1, 3, len(recogniser._characters)), np.float32)
    likely[0, :, 0] = 0.9, 0.01, 0.9
    likely[0, 1, recogniser._characters.index("强")] = today
    likely[0, 1, recogniser._characters.index("強")] = older
    monkeypatch.setattr(recogniser, "_session", SimpleNamespace(run=lambda _outputs, _inputs: [likely]))
    seen = recogniser.read(np.zeros((48, 48, 3), np.uint8))
    assert seen.text == text
    assert seen.confidences == pytest.approx((sure,))


def test_a_line_read_with_care_says_what_only_that_model_knows(ocr):
    picture = written("刘赟娜")
    quad = np.array([[0, 0], [picture.shape[1], 0], picture.shape[1::-1], [0, picture.shape[0]]], np.float32)
    assert ocr.read(picture, quad, careful=True).unshared == {"赟"}
    assert ocr.read(picture, quad).unshared == frozenset()


@pytest.mark.parametrize("quad", [[[0, 0]] * 4, [[-5, -5], [50, -5], [50, 3], [-5, 3]], [[3, 3], [4, 3], [4, 90], [3, 90]]])
def test_any_quad_can_be_cut_out(quad):
    assert min(crop(np.zeros((40, 40, 3), np.uint8), np.array(quad, np.float32)).shape) >= 1
