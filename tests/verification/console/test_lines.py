"""What all acts do with files that can't be judged: a line that says why, and on to the next."""

import io
import json
import os

import numpy as np
import pytest
from PIL import Image

from verification.console.lines import Unjudged, judged, picture, write
from verification.engines.manifest import ModelMissing


def test_a_pipe_and_a_folder_are_no_files(tmp_path):
    """A pipe nobody writes to would be waited for."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Unjudged) as why:
            picture(str(path))
        assert (why.value.status, why.value.reason) == ("unreadable", "not_a_file")


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "bmp", "tif", "pgm", "ppm"])
def test_a_test_set_may_hold_pictures_that_nobody_sends(tmp_path, ending):
    red = Image.new("RGB", (40, 30), (200, 0, 0))
    (red.convert("L") if ending == "pgm" else red).save(tmp_path / f"x.{ending}")
    bgr = picture(str(tmp_path / f"x.{ending}"))
    assert (bgr.shape, bgr.dtype) == ((30, 40, 3), np.uint8)
    assert ending == "pgm" or (bgr[15, 20, 2] > 190 and bgr[15, 20, :2].max() < 12)


@pytest.mark.parametrize("ending", ["bmp", "tif"])
def test_a_damaged_one_of_them_is_unreadable(tmp_path, ending):
    path = tmp_path / f"x.{ending}"
    Image.effect_noise((400, 300), 60).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Unjudged) as why:
        picture(str(path))
    assert why.value.status == "unreadable"


def test_an_empty_file_is_told_by_name(tmp_path):
    (tmp_path / "x.jpg").touch()
    with pytest.raises(Unjudged) as why:
        picture(str(tmp_path / "x.jpg"))
    assert (why.value.status, why.value.reason) == ("unreadable", "empty")


def test_a_fault_of_ours_costs_one_line():
    def judge(path):
        if path == "bad":
            raise ZeroDivisionError
        return {"side": "front"}

    assert list(judged(["good", "bad", "better"], judge)) == [
        {"path": "good", "status": "ok", "side": "front"},
        {"path": "bad", "status": "error", "reason": "ZeroDivisionError"},
        {"path": "better", "status": "ok", "side": "front"},
    ]


def test_a_missing_model_is_no_fault_of_the_file():
    """It stops everything, loudly."""

    def judge(path):
        raise ModelMissing("x.onnx", "x.onnx is not there.")

    with pytest.raises(ModelMissing):
        list(judged(["one"], judge))


def test_a_name_that_is_no_text_is_escaped():
    """So that each line stays JSON in UTF-8, whatever files are called."""
    out = io.StringIO()
    write([{"path": "card\udcff.jpg", "status": "unreadable"}], out)
    assert out.getvalue().encode() == b'{"path": "card\\udcff.jpg", "status": "unreadable"}\n'
    assert json.loads(out.getvalue())["path"] == "card\udcff.jpg"
