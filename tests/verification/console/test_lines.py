"""What all acts do with files that can't be judged: a line that says why, and on to the next."""

import io
import json
import os

import pytest

from verification.console.lines import Unjudged, judged, picture, write
from verification.engines.manifest import ModelMissing


def test_a_pipe_and_a_folder_are_no_files(tmp_path):
    """A pipe nobody writes to would be waited for."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Unjudged) as why:
            picture(str(path))
        assert (why.value.status, why.value.reason) == ("unreadable", "not_a_file")


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
