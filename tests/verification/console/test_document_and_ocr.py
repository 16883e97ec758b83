"""`engine ocr` and `engine document`: one line a file, in the order given, whatever the file is."""

import json

import cv2
import numpy as np
import pytest

from demo.specimens import IdCard, draw_back, draw_front, photograph, to_jpeg
from realname.paths import models_dir
from verification.console import document, ocr
from verification.engines.fetch import fetch

pytestmark = pytest.mark.slow

CARD = IdCard.make(7)
STAGES = {"decode", "locate", "detect", "recognise", "parse", "total"}
CODES = {"blur", "glare", "dark", "low_resolution", "cut_off", "several_cards", "recapture", "photocopy"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Photographs and things that are none."""
    fetch(models_dir())
    where = tmp_path_factory.mktemp("files")
    (where / "front.jpg").write_bytes(to_jpeg(photograph(draw_front(CARD))))
    (where / "back.jpg").write_bytes(to_jpeg(photograph(draw_back(CARD))))
    (where / "copy.jpg").write_bytes(to_jpeg(photograph(draw_front(CARD), condition="photocopy")))
    (where / "text.txt").write_text("no picture")
    for name, shape in (("dot", (16, 16)), ("strip", (16, 900)), ("blank", (700, 900))):
        cv2.imwrite(str(where / f"{name}.png"), np.full((*shape, 3), 255, np.uint8))
    return where


def lines(act, folder, *names: str) -> list[dict]:
    """What is written for these files, as a reader of the lines gets it."""
    return [json.loads(json.dumps(line)) for line in act.run(files=[str(folder / name) for name in names])]


def test_ocr_gives_every_field_of_both_sides(folder):
    """P-VER-1: dates as YYYY-MM-DD, sex as male or female, 长期 as long_term; and how long each stage took."""
    front, back = lines(ocr, folder, "front.jpg", "back.jpg")
    assert (front["status"], front["side"], front["review"]) == ("ok", "front", [])
    assert {name: field["text"] for name, field in front["fields"].items()} == {
        "name": CARD.name,
        "sex": CARD.sex,
        "ethnicity": CARD.ethnicity,
        "birth": CARD.birth.isoformat(),
        "address": CARD.address,
        "id_number": CARD.id_number,
    }
    assert all(0 < field["confidence"] <= 1 for field in front["fields"].values())
    assert (back["side"], back["review"]) == ("back", [])
    assert back["fields"]["authority"]["text"] == CARD.authority
    assert back["fields"]["valid_to"]["text"] == (CARD.valid_to.isoformat() if CARD.valid_to else "long_term")
    printed = {name: field["printed"] for name, field in (front["fields"] | back["fields"]).items()}
    birth, first, last = CARD.birth, CARD.valid_from, CARD.valid_to
    assert printed["birth"] == f"{birth.year}年{birth.month}月{birth.day}日"
    assert printed["sex"] == ("男" if CARD.sex == "male" else "女")
    assert (printed["valid_from"], printed["valid_to"]) == (f"{first:%Y.%m.%d}", f"{last:%Y.%m.%d}" if last else "长期")
    assert set(front["milliseconds"]) == STAGES
    assert front["milliseconds"]["total"] >= front["milliseconds"]["recognise"] > 0


@pytest.mark.parametrize("act", [ocr, document])
def test_files_that_can_t_be_judged_have_their_line_in_order(folder, act):
    seen = lines(act, folder, "missing.jpg", "text.txt", "dot.png", "strip.png", "blank.png")
    assert [line["status"] for line in seen] == ["unreadable", "unreadable", "ok", "ok", "ok"]
    assert [line["reason"] for line in seen[:2]] == ["no_such_file", "not_an_image"]
    assert [line["side"] for line in seen[2:]] == ["other", "other", "other"]
    assert [line["path"].rsplit("/")[-1] for line in seen] == ["missing.jpg", "text.txt", "dot.png", "strip.png", "blank.png"]


def test_document_names_the_side_and_every_finding(folder):
    """P-REG-7."""
    front, back, copy = lines(document, folder, "front.jpg", "back.jpg", "copy.jpg")
    assert [(line["side"], line["document"]) for line in (front, back, copy)] == [
        ("front", "resident_id_card"),
        ("back", "resident_id_card"),
        ("front", "resident_id_card"),
    ]
    for line in (front, back, copy):
        assert set(line["findings"]) == CODES
        assert all(set(finding) == {"score", "threshold", "unit", "level", "found"} for finding in line["findings"].values())
    assert [code for code, finding in front["findings"].items() if finding["found"]] == []
    assert [code for code, finding in copy["findings"].items() if finding["found"]] == ["photocopy"]
    assert copy["findings"]["photocopy"]["level"] == "reject"
