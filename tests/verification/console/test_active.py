"""`manage.py engine active`: one JSON object for each folder, video or burst."""

import io
import json

import cv2
import pytest
from django.core.management import CommandError, call_command

from demo.specimens.motions import perform, write_video
from realname.images import decode
from realname.paths import models_dir
from verification.engines.fetch import fetch

pytestmark = pytest.mark.slow

STEPS = ("turn_left", "open_mouth")


@pytest.fixture(scope="module")
def pictures():
    fetch(models_dir(), group=None)
    return list(perform(decode((models_dir() / "obama3.jpg").read_bytes()).bgr, STEPS, seed=1))


@pytest.fixture(scope="module")
def folder(pictures, tmp_path_factory):
    made = tmp_path_factory.mktemp("frames")
    for index, picture in enumerate(pictures):
        cv2.imwrite(str(made / f"{index:03}.jpg"), picture)
    return made


def engine(capsys, *arguments: str) -> list[dict]:
    call_command("engine", "active", *map(str, arguments))
    return [json.loads(line) for line in io.StringIO(capsys.readouterr().out)]


def test_a_folder_a_video_and_a_burst_are_one_answer_each(capsys, pictures, folder, tmp_path):
    video = write_video(pictures, tmp_path / "answer.mp4")
    files = sorted(folder.iterdir())
    lines = engine(capsys, "--challenge", ",".join(STEPS), "--selfie", models_dir() / "obama2.jpg", folder, video, *files)
    assert [line["path"] for line in lines] == [str(folder), str(video), str(files[0])]
    assert [line.get("files") for line in lines] == [[str(path) for path in files], None, [str(path) for path in files]]
    for line in lines:
        assert (line["status"], line["decision"], line["reason"]) == ("ok", "passed", None)
        assert [(step["step"], step["met"], step["reason"]) for step in line["steps"]] == [(step, True, None) for step in STEPS]
        assert line["steps"][0]["frame"] < line["steps"][1]["frame"] < line["frames"] == len(pictures)
        assert line["selfie"] > 0.5


def test_a_failed_answer_says_which_step_and_why(capsys, folder):
    (line,) = engine(capsys, "--challenge", "nod", folder)
    assert (line["status"], line["decision"], line["reason"]) == ("ok", "failed", "step_missed")
    assert line["steps"] == [{"step": "nod", "met": False, "frame": None, "milliseconds": None, "reason": "not_seen"}]


def test_what_can_not_be_judged_is_a_line_and_no_error(capsys, tmp_path):
    (tmp_path / "broken.webm").write_bytes(b"\x1a\x45\xdf\xa3" + b"nonsense" * 40)
    (tmp_path / "playlist.mp4").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("no frame")
    (tmp_path / "noending").write_bytes(b"no frame")
    given = [tmp_path / name for name in ("broken.webm", "playlist.mp4", "empty", "gone.mp4", "notes.txt", "noending")]
    lines = engine(capsys, "--challenge", "blink", *given)
    assert [line["status"] for line in lines] == ["unreadable"] * 6
    reasons = ["undecodable", "not_a_video", "no_pictures", "no_such_file", "unknown_ending", "unknown_ending"]
    assert [line["reason"] for line in lines] == reasons


def test_a_file_of_another_kind_joins_no_burst(capsys, folder, tmp_path):
    """It is told by itself, in its place; the pictures about it are one answer."""
    (tmp_path / "notes.txt").write_text("no frame")
    files = sorted(folder.iterdir())
    lines = engine(capsys, "--challenge", ",".join(STEPS), *files[:5], tmp_path / "notes.txt", *files[5:])
    assert [(line["status"], line.get("reason")) for line in lines] == [("ok", None), ("unreadable", "unknown_ending")]
    assert lines[0]["files"] == [str(path) for path in files]


def test_the_picture_that_spoils_a_burst_is_named(capsys, folder, tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xffnothing")
    frames = sorted(folder.iterdir())[:3]
    (line,) = engine(capsys, "--challenge", "nod", *frames, tmp_path / "broken.jpg")
    assert line == {"path": str(frames[0]), "status": "unreadable", "reason": "truncated", "file": str(tmp_path / "broken.jpg")}


@pytest.mark.parametrize("wrong", ["jump", "", "blink,,nod", "turn left"])
def test_a_step_nobody_knows_is_wrong_usage(wrong):
    with pytest.raises(CommandError, match="known: turn_left, turn_right, nod, open_mouth, blink") as refused:
        call_command("engine", "active", "--challenge", wrong, "x.mp4")
    assert refused.value.returncode == 2
