"""`manage.py engine liveness`: a line a file, and the error rates of ISO/IEC 30107-3 over a labelled set (R-40)."""

import cv2
import numpy as np
import pytest

from realname.paths import models_dir
from verification.console.liveness import run
from verification.console.presentations import Presentation, read_labels, summary
from verification.engines.fetch import fetch

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A face, two faces, none, and what is no picture."""
    fetch(models_dir(), group=None)
    made = tmp_path_factory.mktemp("selfies")
    face = cv2.imread(str(models_dir() / "astronaut.png"))
    cv2.imwrite(str(made / "face.png"), face)
    cv2.imwrite(str(made / "two.png"), np.hstack([face, face]))
    cv2.imwrite(str(made / "none.png"), np.full((300, 300, 3), 90, np.uint8))
    (made / "text.jpg").write_text("no picture")
    return made


def test_each_file_has_its_line_in_the_order_given(folder):
    names = ["none.png", "face.png", "two.png", "text.jpg", "missing.jpg"]
    lines = list(run(files=[str(folder / name) for name in names]))
    assert [line["path"] for line in lines] == [str(folder / name) for name in names]
    assert [line["status"] for line in lines] == ["no_face", "ok", "several_faces", "unreadable", "unreadable"]


def test_a_judgement_says_what_it_rests_on(folder):
    (line,) = run(files=[str(folder / "face.png")])
    assert (line["decision"], line["threshold"]) == ("live", 0.5)
    assert line["score"] > 0.9
    assert set(line["cues"]) == {"model", "dots", "lines", "rim", "recapture"}
    assert all({"score", "threshold", "unit", "found"} == set(cue) for cue in line["cues"].values())
    assert line["face"]["size"] == pytest.approx(89, abs=2)
    assert line["milliseconds"]["liveness"] > 0


def test_a_face_on_a_sheet_is_a_spoof_by_its_rim(folder, tmp_path):
    face = cv2.imread(str(folder / "face.png"))[:400, 60:360]
    wall = np.clip(np.random.default_rng(1).normal(110, 4, (600, 600, 3)), 0, 255).astype(np.uint8)
    wall[80:500, 140:460] = 235
    wall[90:490, 150:450] = face
    cv2.imwrite(str(tmp_path / "print.png"), wall)
    (line,) = run(files=[str(tmp_path / "print.png")])
    assert line["decision"] == "spoof"
    assert line["cues"]["rim"]["found"]


def test_labels_end_with_a_summary(folder):
    table = folder / "labels.csv"
    table.write_text("path,label,species\nface.png,live,\nface.png,attack,replay\nnone.png,0,print\ntwo.png,1,\n")
    *lines, last = run(files=[], labels=str(table))
    assert [line["path"] for line in lines] == ["face.png", "face.png", "none.png", "two.png"]
    assert [(line["label"], line["species"]) for line in lines] == [("live", ""), ("attack", "replay"), ("attack", "print"), ("live", "")]
    found = last["summary"]
    assert found["bona_fide"]["count"] == 2
    assert (found["bona_fide"]["BPCER"]["count"], found["bona_fide"]["BPCER"]["total"]) == (0, 1)
    assert found["bona_fide"]["BPNRR"]["rate"] == 0.5
    assert found["attacks"]["replay"]["APCER"]["rate"] == 1.0
    assert found["attacks"]["print"]["APCER"]["rate"] is None
    assert found["attacks"]["print"]["APNRR"]["rate"] == 1.0
    assert found["APCER_max"]["species"] == "replay"


def _ok(decision: str, score: float) -> dict:
    return {"status": "ok", "decision": decision, "score": score}


def test_the_highest_apcer_of_a_species_counts_not_the_mean():
    attacks = [Presentation("a", "a", "attack", name) for name in ("print", "print", "mask", "mask")]
    presentations = [*attacks, Presentation("b", "b", "live", "")]
    decisions = [_ok("spoof", 0.1), _ok("spoof", 0.2), _ok("live", 0.8), _ok("spoof", 0.3), _ok("live", 0.9)]
    found = summary(presentations, decisions)
    assert {name: rates["APCER"]["rate"] for name, rates in found["attacks"].items()} == {"print": 0.0, "mask": 0.5}
    assert (found["APCER_max"]["species"], found["APCER_max"]["rate"]) == ("mask", 0.5)
    assert found["D-EER"]["rate"] == 0.0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("file,label\na.jpg,1\n", "needs the columns path and label; its first line names file, label"),
        ("path,species\na.jpg,print\n", "needs the columns path and label"),
        ("path,label\na.jpg,maybe\n", "line 2: the label 'maybe' is none of"),
        ("path,label\n,1\n", "line 2 names no path"),
        ("path,label\nx,1,2\n", "line 2: 3 cells where the header has 2"),
        ("path,label,label\nx,1,0\n", "has the column label twice"),
        ("path,label\n", "no rows"),
        ("", "its first line names nothing"),
    ],
)
def test_a_wrong_table_is_wrong_usage(tmp_path, content, why):
    table = tmp_path / "labels.csv"
    table.write_text(content)
    with pytest.raises(ValueError, match=why):
        run(files=[], labels=str(table))


def test_a_table_that_is_not_there_and_a_call_for_nothing_are_wrong_usage(tmp_path):
    with pytest.raises(ValueError, match="can't be read"):
        run(files=[], labels=str(tmp_path / "none.csv"))
    with pytest.raises(ValueError, match="one of the two"):
        run(files=[], labels=None)
    with pytest.raises(ValueError, match="one of the two"):
        run(files=["a.jpg"], labels="b.csv")


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("live", "live"),
        ("bona_fide", "live"),
        ("Bona Fide", "live"),
        ("bona-fide", "live"),
        ("real", "live"),
        ("1", "live"),
        ("Spoof", "attack"),
        ("fake", "attack"),
        ("0", "attack"),
    ],
)
def test_every_spelling_of_a_label(tmp_path, word, label):
    table = tmp_path / "labels.csv"
    table.write_text(f"\ufeffpath,label\nx.jpg,{word}\n", encoding="utf-8")
    assert [each.label for each in read_labels(str(table))] == [label]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_as_an_office_saves_it(tmp_path, encoding, mark):
    """Its species left out where there is none, its folder Chinese."""
    table = tmp_path / "labels.csv"
    rows = (("Path", "Label", "Species"), ("照片/真人.jpg", "live"), ("照片/屏幕.jpg", "attack", "屏幕"))
    table.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    assert [(each.path, each.label, each.species) for each in read_labels(str(table))] == [
        ("照片/真人.jpg", "live", ""),
        ("照片/屏幕.jpg", "attack", "屏幕"),
    ]


def test_an_attack_without_a_species_has_a_name_all_the_same(tmp_path):
    table = tmp_path / "labels.csv"
    table.write_text("path,label\nx.jpg,attack\n")
    assert read_labels(str(table))[0].species == "unnamed"
