"""Every engine comes back from every picture that can be decoded, however odd, in bounded time."""

import json
import time
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from django.core.management import call_command

from realname import decoding
from realname.decoding import ImageRefused
from realname.images import decode
from realname.paths import models_dir
from tests.hostile.corpus import corpus
from verification.engines import engines
from verification.engines.base import Face
from verification.engines.fetch import fetch
from verification.engines.quality import examine, examine_selfie

pytestmark = pytest.mark.slow

SECONDS = 30  # for all engines on one picture, on a machine that does other things too
SIZES = [(1, 1), (1, 2), (3, 3), (5, 200), (16, 16), (1, 30_000), (30_000, 1), (17, 30_000), (30_000, 200), (6_324, 6_324)]
CONTENTS: dict[str, Callable[[tuple[int, int, int]], np.ndarray]] = {
    "black": lambda shape: np.zeros(shape, np.uint8),
    "white": lambda shape: np.full(shape, 255, np.uint8),
    "noise": lambda shape: np.random.default_rng(3).integers(0, 256, shape, np.uint8),
}


@pytest.fixture(scope="module", autouse=True)
def models():
    fetch(models_dir(), group=None)


def all_engines_on(bgr: np.ndarray, *, read: bool = True) -> tuple[Face, ...]:
    """Ask every engine; answers the faces that were found."""
    started = time.monotonic()
    document, faces, liveness = engines().document, engines().face, engines().liveness
    located = document.locate(bgr)
    assert located.card.shape == (646, 1024, 3)
    assert len(examine(bgr, located)) == 8
    if read:
        assert document.read(bgr, located=located).side in ("front", "back", "other")
    found = faces.detect(bgr)
    assert examine_selfie(bgr, found)[0].found is (not found)
    for face in found[:3]:
        assert faces.embed(bgr, face).shape == (128,)
        assert 0 <= liveness.judge(bgr, face).score <= 1
    assert time.monotonic() - started < SECONDS
    return found


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_pictures_of_any_size_and_of_nothing(size, content):
    assert all_engines_on(CONTENTS[content]((*size, 3))) == ()


def test_forty_faces():
    found = all_engines_on(np.tile(_head(), (5, 8, 1)))
    assert 25 <= len(found) <= 50
    assert any(finding.code == "several_faces" and finding.found for finding in examine_selfie(np.tile(_head(), (5, 8, 1)), found))


@pytest.mark.parametrize("box", [(-20, -20, 300, 300), (190, 190, 50, 50), (300, 300, 40, 40), (10, 10, 0.2, 0.2), (50, 50, 0, 0)], ids=str)
def test_a_face_at_the_edge_beyond_it_or_of_no_size(box):
    """A detector's boxes go beyond the frame."""
    head, (x, y, width, height) = _head(), box
    points = np.array([[x, y], [x + width, y], [x + width / 2, y + height / 2], [x, y + height], [x + width, y + height]], np.float32)
    face = Face(box=box, points=points, score=0.7)
    assert np.isfinite(engines().face.embed(head, face)).all()
    assert 0 <= engines().liveness.judge(head, face).score <= 1
    assert all(np.isfinite(finding.score) for finding in examine_selfie(head, (face,)))


def test_what_can_be_decoded_of_the_corpus():
    """Reading is the slow part, so only every fourth is read."""
    seen = 0
    for file in corpus():
        try:
            bgr = decoding.decode(file.content, min_side=1).bgr
        except ImageRefused:
            continue
        all_engines_on(bgr, read=seen % 4 == 0)
        seen += 1
    assert seen > 80


@pytest.mark.parametrize("act", ["document", "ocr"])
def test_the_command_line_has_a_line_for_each_file_and_ends_well(act, tmp_path, capsys):
    """Issue 3, points 1 and 7: one JSON object a file, in the order given, whatever the file."""
    files = corpus()[::9]
    paths = [tmp_path / f"{number}.jpg" for number in range(len(files))]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.content)
    call_command("engine", act, *map(str, paths))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["path"] for line in lines] == [str(path) for path in paths]
    assert {"unreadable"} < {line["status"] for line in lines} <= {"ok", "no_face", "unreadable"}
    assert all(line["reason"] for line in lines if line["status"] == "unreadable")


def _head() -> np.ndarray:
    """One head and its surroundings, 200 x 200 px."""
    portrait = decode((models_dir() / "biden.jpg").read_bytes()).bgr
    x, y, width, height = (int(side) for side in engines().face.detect(portrait)[0].box)
    return cv2.resize(portrait[max(0, y - height // 2) : y + 3 * height // 2, max(0, x - width // 2) : x + 3 * width // 2], (200, 200))
