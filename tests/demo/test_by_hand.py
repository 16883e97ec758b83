"""The walk by hand that the README describes ends well: its command writes a card that is read, with a face that matches."""

import re
import shlex

import numpy as np
import pytest

from demo.specimens.__main__ import main
from realname.paths import REPO, models_dir
from verification.console.lines import picture
from verification.engines import engines
from verification.engines.fetch import fetch
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT, SAME_PICTURE_AT

README = (REPO / "README.md").read_text()
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def front(tmp_path_factory) -> np.ndarray:
    """The photograph of the portrait side that the README's command writes: uint8 BGR, (height, width, 3)."""
    command = shlex.split(re.search(r"^(.+ -m demo\.specimens .+)$", README, re.MULTILINE).group(1))
    # the interpreter that script/demo made: a bare machine's own has none of the libraries
    assert command[:3] == [".venv/bin/python", "-m", "demo.specimens"]
    fetch(models_dir(), group=None)
    out = tmp_path_factory.mktemp("cards")
    main([{"cards": str(out)}.get(word, word.replace("var/models", str(models_dir()))) for word in command[3:]])
    [path] = out.glob("*front*.jpg")
    return picture(str(path))


def similarity(front: np.ndarray, name: str) -> float:
    """Of the card's portrait and a photograph that the README names (cosine, -1 to 1)."""
    assert f"`var/models/{name}`" in README
    face, selfie = engines().face, picture(str(models_dir() / name))
    [portrait], [own] = face.detect(front), face.detect(selfie)
    return float(face.embed(front, portrait) @ face.embed(selfie, own))


def test_the_selfie_it_names_matches(front):
    """And is not taken for the card's own picture."""
    assert FACE_MATCH_AT.default <= similarity(front, "obama2.jpg") < SAME_PICTURE_AT.default


def test_the_other_it_names_does_not(front):
    assert similarity(front, "biden.jpg") < FACE_REVIEW_AT.default


def test_its_card_is_read_without_doubt(front):
    reading = engines().document.read(front)
    assert (reading.side, list(reading.for_review)) == ("front", [])
    assert {"name", "id_number", "birth", "address"} <= set(reading.fields)
