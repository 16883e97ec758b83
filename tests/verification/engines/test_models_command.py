"""`manage.py models`: thin over the manifest; a missing or wrong file ends with an error."""

import io

import pytest
from django.core.management import CommandError, call_command


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("models", *arguments, stdout=out)
    return out.getvalue()


def test_list_names_file_licence_carrier_and_hash():
    lines = run("list", "--group", "all").splitlines()
    assert len(lines) == 14
    assert any("fr_liveness.onnx" in line and "npm faceplugin-face-recognition-js 0.0.1" in line for line in lines)


def test_verify_passes_on_the_right_files(models):
    lines = run("verify", "--folder", str(models)).splitlines()
    assert [line.split()[0] for line in lines] == ["right"] * 8


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
