"""`manage.py engine face-match`: a line a pair, in order, each outcome its own; with labels the error rates (P-REG-3, P-VER-7)."""

import json
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from django.core.management import CommandError, call_command

from realname.paths import models_dir
from verification.console import face_match, sides
from verification.engines import engines
from verification.engines.fetch import fetch

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path):
    """A folder with the portraits, for the table and what is made of them."""
    models = models_dir()
    fetch(models, group=None)
    for name in ("obama.jpg", "obama2.jpg", "biden.jpg", "grace_hopper.jpg"):
        (tmp_path / name).symlink_to(models / name)
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """Run on a table of these lines: the lines that came out, and what was said beside them."""

    def _run(*rows, header="a,b", arguments=()):
        (folder / "pairs.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        call_command("engine", "face-match", "--pairs", str(folder / "pairs.csv"), *arguments)
        out = capsys.readouterr()
        _run.said = out.err
        return [json.loads(line) for line in out.out.splitlines()]

    return _run


def beside(folder, name, first, second, share):
    """A picture with two portraits, the second one's face the given share of the first one's."""
    one, other = (cv2.imread(str(folder / path)) for path in (first, second))
    one = cv2.resize(one, None, fx=240 / 300, fy=240 / 300)
    other = cv2.resize(other, None, fx=240 / 170 * share, fy=240 / 170 * share)
    both = np.full((max(one.shape[0], other.shape[0]), one.shape[1] + other.shape[1], 3), 180, np.uint8)
    both[: one.shape[0], : one.shape[1]] = one
    both[: other.shape[0], one.shape[1] :] = other
    cv2.imwrite(str(folder / name), both)


def test_a_line_a_pair_in_the_order_given(run):
    lines = run("obama.jpg,obama2.jpg", "obama.jpg,biden.jpg")
    assert [(line["a"], line["b"], line["status"], line["decision"]) for line in lines] == [
        ("obama.jpg", "obama2.jpg", "ok", "match"),
        ("obama.jpg", "biden.jpg", "ok", "no_match"),
    ]
    [first, _second] = lines
    assert first["score"] == pytest.approx(0.746, abs=0.02)
    assert (first["threshold"], first["review_threshold"], first["unit"], first["engine"]) == (0.42, 0.36, "cosine", "yunet+sface-2021dec")
    assert "label" not in first


def test_each_side_s_quality_is_said(run):
    [line] = run("obama.jpg,obama2.jpg")
    assert line["quality"]["a"]["size"] == pytest.approx(240, abs=10)
    assert line["quality"]["a"]["asymmetry"] < 0.1 < line["quality"]["b"]["asymmetry"]
    assert {"roll", "nose_height", "sharpness", "luma", "mouth_detail", "eye_light"} <= set(line["quality"]["a"])
    assert line["quality"]["a"]["findings"] == []


def test_a_picture_is_looked_at_once_however_many_pairs_it_is_in(run, monkeypatch):
    looked = []
    picture = sides.picture
    monkeypatch.setattr(sides, "picture", lambda path: looked.append(path.rsplit("/", 1)[1]) or picture(path))
    lines = run("obama.jpg,biden.jpg", "biden.jpg,obama.jpg", "obama.jpg,obama.jpg")
    assert looked == ["obama.jpg", "biden.jpg"]
    assert [line["reused"] for line in lines] == [[], ["a", "b"], ["a", "b"]]
    assert lines[0]["milliseconds"]["detect"] > 0 == lines[1]["milliseconds"]["detect"]
    assert lines[0]["score"] == lines[1]["score"]


def test_the_memory_is_bounded(folder):
    remembered = sides.Sides(engines().face, kept=2)
    for name in ("obama.jpg", "biden.jpg", "grace_hopper.jpg", "obama.jpg"):
        _side, known = remembered.look(str(folder / name))
        assert not known
    assert remembered.look(str(folder / "grace_hopper.jpg"))[1]


def test_what_can_t_be_judged_says_why_and_which_side(run, folder):
    """Every outcome is its own, and none ends the run."""
    cv2.imwrite(str(folder / "empty.png"), np.full((300, 300, 3), 128, np.uint8))
    (folder / "text.jpg").write_text("no picture")
    beside(folder, "two.png", "biden.jpg", "grace_hopper.jpg", 0.9)
    lines = run("obama.jpg,empty.png", "text.jpg,obama.jpg", "nowhere.jpg,obama.jpg", "two.png,biden.jpg", "empty.png,text.jpg")
    assert [(line["status"], line["side"], line["reason"]) for line in lines] == [
        ("no_face", ["b"], "b: no_face"),
        ("unreadable", ["a"], "a: not_an_image"),
        ("unreadable", ["a"], "a: no_such_file"),
        ("several_faces", ["a"], "a: several_faces"),
        ("no_face", ["a", "b"], "a: no_face; b: not_an_image"),
    ]
    assert all("score" not in line and "decision" not in line for line in lines)


@pytest.mark.parametrize("share", [0.3, 0.2])
def test_a_smaller_second_face_is_named_and_the_larger_one_compared(run, folder, share):
    beside(folder, "held.png", "biden.jpg", "grace_hopper.jpg", share)
    [owner, held] = run("held.png,biden.jpg", "held.png,grace_hopper.jpg")
    assert (owner["decision"], held["decision"]) == ("match", "no_match")
    assert "second_face" in [finding["code"] for finding in owner["quality"]["a"]["findings"]]


def test_a_picture_of_a_face_beside_a_live_one_is_named(run, folder, monkeypatch):
    """The larger of the two is live, the other is not."""
    beside(folder, "held.png", "biden.jpg", "grace_hopper.jpg", 0.3)
    liveness = SimpleNamespace(judge=lambda bgr, face: SimpleNamespace(live=face.box[2] > 200))
    monkeypatch.setattr(sides, "engines", lambda: SimpleNamespace(liveness=liveness))
    [line] = run("held.png,biden.jpg")
    assert [finding["code"] for finding in line["quality"]["a"]["findings"]] == ["second_face", "printed_face"]
    beside(folder, "large.png", "biden.jpg", "grace_hopper.jpg", 0.6)
    [line] = run("large.png,biden.jpg")
    assert (line["status"], line["reason"]) == ("several_faces", "a: printed_face")


def test_thresholds_are_the_callers(run):
    [line] = run("obama.jpg,obama2.jpg", arguments=["--threshold", "0.9"])
    assert (line["decision"], line["threshold"], line["review_threshold"]) == ("review", 0.9, 0.36)
    [line] = run("obama.jpg,obama2.jpg", arguments=["--threshold", "0.2"])
    assert (line["decision"], line["review_threshold"]) == ("match", 0.2)


def test_paths_lie_beside_the_table_or_in_the_working_directory(run, folder, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "only_here.jpg").symlink_to((folder / "obama2.jpg").resolve())
    monkeypatch.chdir(elsewhere)
    [line] = run("obama.jpg,only_here.jpg")
    assert line["status"] == "ok"


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("same", "different"), ("Genuine", "IMPOSTOR")])
def test_with_labels_it_ends_with_the_error_rates(run, yes, no):
    rows = [f"obama.jpg,obama2.jpg,{yes}", f"obama.jpg,biden.jpg,{no}", f"biden.jpg,grace_hopper.jpg,{no}", f"nowhere.jpg,biden.jpg,{no}"]
    *lines, last = run(*rows, header="a,b,label")
    assert [line["label"] for line in lines] == [1, 0, 0, 0]
    summary = last["summary"]
    assert (summary["pairs"], summary["judged"]) == ({"genuine": 1, "impostor": 3}, {"genuine": 1, "impostor": 2})
    assert summary["at_threshold"]["fmr"] == {"count": 0, "total": 2, "rate": 0.0, "low": 0.0, "high": 0.65762}
    assert summary["at_threshold"]["fnmr"]["total"] == 1
    assert summary["at_review_threshold"]["threshold"] == 0.36
    assert summary["eer"]["rate"] == 0
    assert summary["eer"]["high"] > 0.5
    acquire = summary["failure_to_acquire"]
    assert (acquire["count"], acquire["total"], acquire["impostor"], acquire["by_status"]) == (1, 4, 1, {"unreadable": 1})


def test_the_second_engine_says_when_it_is_unsafe(run):
    _genuine, impostor, last = run("obama.jpg,obama2.jpg,1", "obama.jpg,biden.jpg,0", header="a,b,label", arguments=["--engine", "dlib"])
    assert "38.7 %" in run.said
    assert (impostor["unit"], impostor["decision"], impostor["threshold"]) == ("distance", "no_match", 0.4)
    # in the engine's own unit, whichever way it runs
    assert 0.2 < last["summary"]["eer"]["threshold"] < 0.6
    assert last["summary"]["at_threshold"]["fmr"]["count"] == 0
    assert last["summary"]["at_threshold"]["fnmr"]["count"] == 0


def test_the_default_engine_warns_of_nothing(run):
    run("obama.jpg,obama2.jpg")
    assert run.said == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "needs the columns a and b"),
        (b"left,right\nx,y\n", "its first line names left, right"),
        (b"a,b\n", "has no rows"),
        (b"a,b\n\n , \n", "has no rows"),
        (b"a,b\n\xff\xff.jpg,x.jpg\n", "is no text in UTF-8, GB18030 or UTF-16"),
        (b"a,b,label\nx,y,maybe\n", "line 2: the label 'maybe' is unknown"),
        (b"a,b,label\nx,y,\n", "line 2: the label '' is unknown"),
        (b"a,b\nx\n", "line 2: 1 cells where the header has 2"),
        (b"a,b,label\nx,y\n", "line 2: the label '' is unknown"),
        (b"a,b\nx,\n", "line 2: a pair needs two paths"),
        (b"a,b,a\nx,y,z\n", "has the column a twice"),
        (b'a,b\n"x,y\n', "is no CSV"),
    ],
)
def test_a_table_that_can_t_be_used_is_wrong_usage(folder, content, says):
    (folder / "pairs.csv").write_bytes(content)
    with pytest.raises(CommandError, match=says) as caught:
        call_command("engine", "face-match", "--pairs", str(folder / "pairs.csv"))
    assert caught.value.returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--pairs", "nowhere.csv"],
        ["--pairs", "pairs.csv", "--threshold", "nan"],
        ["--pairs", "pairs.csv", "--threshold", "0.4", "--review-threshold", "0.5"],
        ["--pairs", "pairs.csv", "--engine", "dlib", "--threshold", "0.6"],
        ["--pairs", "."],
        ["--pairs", "/dev/zero"],
    ],
)
def test_so_are_a_missing_table_and_thresholds_that_can_t_be(folder, monkeypatch, arguments):
    (folder / "pairs.csv").write_text("a,b\nx,y\n")
    monkeypatch.chdir(folder)
    with pytest.raises(CommandError) as caught:
        call_command("engine", "face-match", *arguments)
    assert caught.value.returncode == 2


def test_a_table_as_a_spreadsheet_writes_it(run, folder):
    """A byte order mark, Windows line ends, capitals and blank lines."""
    (folder / "pairs.csv").write_bytes('\ufeffA,B\r\nobama.jpg,"obama2.jpg"\r\n\r\n'.encode())
    assert len(list(face_match.run(pairs=str(folder / "pairs.csv"), engine="sface", threshold=None, review_threshold=None))) == 1
