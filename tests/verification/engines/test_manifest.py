"""Model files: what is there is what the manifest says, or it is an error with a name."""

import re

import pytest

from verification.engines.manifest import ModelAltered, ModelMissing, files, named, state_of, verified_path, verify
from verification.engines.registry import Engines


def test_every_file_says_where_it_comes_from_and_what_it_is():
    assert {file.group for file in files()} == {"models", "faces"}
    for file in files():
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.licence
        assert file.upstream
        assert file.carrier in ("wheel", "sdist", "npm", "installed")
        assert "/" not in file.name
        assert "://" not in f"{file.package}{file.version}{file.path}"
    assert len({file.name for file in files()}) == len(files())


def test_the_right_file_is_found(models):
    assert verified_path("fr_liveness.onnx", models) == models / "fr_liveness.onnx"


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ModelMissing, match="models fetch") as caught:
        verified_path("fr_liveness.onnx", tmp_path)
    assert caught.value.name == "fr_liveness.onnx"


def test_one_altered_byte_is_an_error(models, tmp_path):
    content = bytearray((models / "fr_liveness.onnx").read_bytes())
    content[1000] ^= 1
    (tmp_path / "fr_liveness.onnx").write_bytes(content)
    with pytest.raises(ModelAltered):
        verified_path("fr_liveness.onnx", tmp_path)


def test_verify_names_every_file_and_its_state(tmp_path):
    (tmp_path / "fr_liveness.onnx").write_bytes(b"")
    states = {file.name: state for file, state in verify(tmp_path, "models")}
    assert states.pop("fr_liveness.onnx") == "altered"
    assert set(states.values()) == {"missing"}
    assert state_of(named("obama.jpg"), tmp_path) == "missing"


@pytest.mark.parametrize("engine", ["locator", "document", "face", "liveness"])
def test_no_engine_starts_without_its_files(tmp_path, engine):
    """P-VER-7: a missing model is loud, and asking again does not turn it into a pass."""
    for _again in range(2):
        with pytest.raises(ModelMissing):
            getattr(Engines(tmp_path), engine)


@pytest.mark.parametrize(("engine", "name"), [("document", "PP-OCRv6_rec_small.onnx"), ("face", "face_recognition_sface_2021dec.onnx")])
def test_no_engine_starts_on_an_altered_file(models, tmp_path, engine, name):
    for file in files("models"):
        (tmp_path / file.name).symlink_to(models / file.name)
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(b"not a model")
    with pytest.raises(ModelAltered):
        getattr(Engines(tmp_path), engine)
