"""Uploads stay in memory; what is too large is counted, not kept."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from realname.ui.uploads import BoundedMemoryUploadHandler


def received(size: int):
    """The file as a view gets it, of `size` bytes sent."""
    request = RequestFactory().post("/", {"photo": SimpleUploadedFile("a.jpg", b"x" * size, "image/jpeg"), "note": "kept"})
    request.upload_handlers = [BoundedMemoryUploadHandler(request)]
    assert request.POST["note"] == "kept"
    return request.FILES["photo"]


@pytest.mark.parametrize("size", [1, 1000, 200_000])
def test_file_within_bounds_arrives_whole(settings, size):
    """Up to the limit, that included."""
    settings.UPLOAD_MAX_BYTES = 200_000
    file = received(size)
    assert (file.size, len(file.read()), file.content_type) == (size, size, "image/jpeg")
    assert not hasattr(file, "temporary_file_path")


@pytest.mark.parametrize("size", [200_001, 900_000])
def test_larger_file_keeps_its_size_only(settings, size):
    """The form can say how large it was; the rest of the form is there."""
    settings.UPLOAD_MAX_BYTES = 200_000
    file = received(size)
    assert (file.size, file.read()) == (size, b"")


def test_absurd_body_is_refused_unread(client, settings):
    """By its announced length, with the page that says so."""
    settings.UPLOAD_MAX_BYTES = 1000
    body = SimpleUploadedFile("a.jpg", b"x" * 12_000, "image/jpeg")
    response = client.post("/register/document/front", {"photo": body})
    assert response.status_code == 302  # without a session nothing of it is looked at
    checked = Client(enforce_csrf_checks=True).post("/register/document/front", {"photo": SimpleUploadedFile("a.jpg", b"x" * 12_000)})
    assert checked.status_code == 413
    with pytest.raises(RequestDataTooBig):
        received(10_001)
