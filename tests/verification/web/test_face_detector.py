"""The one model file browsers may have: the checked one, or none."""

import hashlib

import pytest
from django.urls import reverse

from realname.paths import models_dir
from verification.engines.face.sface import DETECTOR
from verification.engines.fetch import fetch
from verification.engines.manifest import named
from verification.web import face_detector

ADDRESS = "/models/face-detector.onnx"


@pytest.fixture(scope="module")
def folder():
    """The folder of checked model files."""
    fetch(models_dir(), group="models")
    return models_dir()


def test_it_is_the_file_the_server_detects_with(client, folder):
    """P-VER-7: named by the manifest, whole, kept for a day, without a cookie."""
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert hashlib.sha256(response.content).hexdigest() == named(DETECTOR).sha256
    assert response["ETag"] == f'"{named(DETECTOR).sha256}"'
    assert "max-age=86400" in response["Cache-Control"]
    assert not response.cookies
    assert reverse("verification:face_detector") == ADDRESS
    assert face_detector.DETECTOR == DETECTOR


def test_a_browser_that_has_it_is_told_so(client, folder):
    """304, nothing sent."""
    response = client.get(ADDRESS, headers={"If-None-Match": f'"{named(DETECTOR).sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("content", [None, b"another file"])
def test_missing_or_altered_is_not_served(client, monkeypatch, tmp_path, content):
    """404: the pages then guide without face positions."""
    monkeypatch.setenv("REALNAME_MODELS", str(tmp_path))
    if content:
        (tmp_path / DETECTOR).write_bytes(content)
    assert client.get(ADDRESS).status_code == 404
