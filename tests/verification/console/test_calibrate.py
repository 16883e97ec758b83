"""`manage.py engine calibrate`: a threshold for a false match rate, or a refusal where the pairs can't support it (P-VER-7)."""

import hashlib
import json
import random
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from verification.console import calibrate
from verification.engines.base import FaceMatch


class Scored:
    """Compares by the scores in the names: no pictures are needed to test what is made of scores."""

    name, version = "scored", "1"

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def compare(self, one, other, thresholds):
        higher = self.unit == "cosine"
        return FaceMatch(one, self.unit, higher, thresholds.match, thresholds.review, "review")


class Named:
    """Sides whose template is the score in their name; `none.jpg` has no face, and the other side of a pair is just there."""

    def __init__(self, engine) -> None:
        self.engine = engine

    def look(self, path):
        name = path.rsplit("/", 1)[-1].removesuffix(".jpg")
        status = "no_face" if name == "none" else "ok"
        template = 0.0 if name in ("none", "other") else float(name)
        return SimpleNamespace(status=status, reason=status, template=template, quality={}, seconds={}), False


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Calibrate on (score, label) rows; `_run.said` is what was said beside, `_run.table` the file."""
    monkeypatch.setattr(calibrate, "Sides", Named)
    monkeypatch.setattr(calibrate, "engines", lambda face: SimpleNamespace(face=Scored("cosine" if face == "sface" else "distance")))

    def _run(rows, *arguments):
        _run.table = tmp_path / "pairs.csv"
        lines = (f"{index}/{score}.jpg,other.jpg,{label}" for index, (score, label) in enumerate(rows))
        _run.table.write_text("\n".join(["a,b,label", *lines]))
        call_command("engine", "calibrate", "--pairs", str(_run.table), *arguments)
        out = capsys.readouterr()
        _run.said = out.err
        [line] = out.out.splitlines()
        return json.loads(line)["calibration"]

    return _run


def impostors(count, low=0.0, high=0.4):
    """Scores evenly from `low` to `high`, in no order."""
    scores = [round(low + (high - low) * index / count, 6) for index in range(count)]
    random.Random(1).shuffle(scores)
    return [(score, 0) for score in scores]


GENUINE = [(0.3, 1), (0.6, 1), (0.7, 1), (0.8, 1)]


def test_the_threshold_keeps_the_wanted_rate_with_its_interval(run):
    found = run(impostors(10_000) + GENUINE, "--fmr", "0.01")
    match = found["match"]
    assert match["fmr"]["high"] <= 0.01
    # one step lower would let through more than is sure: 10,000 pairs bear some 81 false matches
    assert 75 <= match["fmr"]["count"] <= 85
    assert match["threshold"] == pytest.approx(0.4 * (1 - 0.0081), abs=0.001)
    assert (match["fnmr"]["count"], match["fnmr"]["total"]) == (1, 4)
    assert found["review"]["threshold"] < match["threshold"]
    assert found["review"]["fmr"]["high"] <= 0.05
    assert found["rule_of_30"] is True
    assert run.said == ""


def test_it_says_what_it_rests_on_and_that_it_does_not_transfer(run):
    found = run(impostors(2000) + GENUINE, "--fmr", "0.01")
    assert found["pairs_sha256"] == hashlib.sha256(run.table.read_bytes()).hexdigest()
    assert found["pairs"] == {"genuine": 4, "impostor": 2000}
    assert found["people"] is None
    assert found["eer"]["low"] <= found["eer"]["rate"] <= found["eer"]["high"]
    assert "does not transfer" in found["statement"]
    assert (found["engine"], found["unit"], found["wanted_fmr"]) == ("scored", "cosine", 0.01)


def test_few_false_matches_are_said_to_be_few(run):
    """Rule of 30 (ISO/IEC 19795-1)."""
    found = run(impostors(1000) + GENUINE, "--fmr", "0.01")
    assert found["rule_of_30"] is False
    assert "fewer than 30" in run.said


def test_the_outcome_can_be_set_as_a_policy(run):
    found = run(impostors(2000, high=0.45) + GENUINE, "--fmr", "0.01")
    assert found["policy"] == {
        "values": {
            "verification.face_match_at": found["match"]["threshold"],
            "verification.face_review_at": found["review"]["threshold"],
        },
        "out_of_bounds": [],
    }


def test_what_the_policy_would_refuse_is_named(run):
    found = run(impostors(2000, high=0.2) + GENUINE, "--fmr", "0.01")
    assert "verification.face_match_at" in found["policy"]["out_of_bounds"]


@pytest.mark.parametrize(("count", "fmr"), [(381, "0.01"), (3838, "0.001")])
def test_just_enough_pairs_are_enough(run, count, fmr):
    assert run(impostors(count) + GENUINE, "--fmr", fmr)["match"]["fmr"]["count"] == 0


@pytest.mark.parametrize(
    ("rows", "arguments", "says"),
    [
        (impostors(3837) + GENUINE, [], "3837 different impostor pairs .* At least 3838 are needed, .* 30000 .*ISO/IEC 19795-1"),
        (impostors(350) + [("none", 0)] * 400, ["--fmr", "0.01"], "350 different impostor pairs that can be judged are too few"),
        (GENUINE, ["--fmr", "0.1"], "0 different impostor pairs"),
        (impostors(400), ["--fmr", "0"], "Rates must satisfy"),
        (impostors(400), ["--fmr", "nan"], "Rates must satisfy"),
        (impostors(400), ["--fmr", "0.1", "--review-fmr", "0.01"], "Rates must satisfy"),
        ([(1.0, 0)] * 400, ["--fmr", "0.01"], "Look at the labels"),
    ],
)
def test_what_can_t_be_supported_is_refused(run, rows, arguments, says):
    with pytest.raises(CommandError, match=says) as caught:
        run(rows, *arguments)
    assert caught.value.returncode == 2


def test_without_labels_there_is_nothing_to_calibrate_on(tmp_path):
    (tmp_path / "pairs.csv").write_text("a,b\nx,y\n")
    with pytest.raises(CommandError, match="needs the column label") as caught:
        call_command("engine", "calibrate", "--pairs", str(tmp_path / "pairs.csv"))
    assert caught.value.returncode == 2


def test_a_pair_given_again_is_no_further_evidence(tmp_path):
    """Either way round; and a picture against itself is none at all."""
    (tmp_path / "pairs.csv").write_text("a,b,label\n" + "x,y,0\ny,x,0\nx,x,1\n" * 2000)
    with pytest.raises(CommandError, match="^1 different impostor pairs"):
        call_command("engine", "calibrate", "--pairs", str(tmp_path / "pairs.csv"))


def test_people_are_counted_where_they_are_named(tmp_path):
    from verification.console.pairs import read_pairs

    (tmp_path / "pairs.csv").write_text("a,b,label,person_a,person_b\n1,2,1,ann,ann\n1,3,0,ann,bob\n2,3,0,ann,\n")
    assert read_pairs(str(tmp_path / "pairs.csv")).people == 2


def test_distances_run_the_other_way_and_never_beyond_what_the_engine_accepts(run):
    """Of impostors at 0.5 to 0.9 one in a hundred lies below 0.504: more than dlib takes."""
    far = [(round(0.9 - score, 6), 0) for score, _ in impostors(2000)]
    found = run([*far, (0.3, 1), (0.6, 1)], "--engine", "dlib", "--fmr", "0.01")
    assert found["match"]["threshold"] == 0.5
    assert found["match"]["fmr"]["high"] <= 0.01
    assert (found["match"]["fnmr"]["count"], found["policy"]) == (1, None)
    near = [(round(0.7 - score, 6), 0) for score, _ in impostors(10_000)]
    strict = run([*near, (0.25, 1), (0.6, 1)], "--engine", "dlib", "--fmr", "0.01")["match"]
    assert strict["fmr"]["high"] <= 0.01
    assert strict["threshold"] == pytest.approx(0.3 + 0.4 * 0.0081, abs=0.001)
    assert "38.7 %" in run.said
