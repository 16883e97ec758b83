"""Uploads stay in memory; what is too large is counted, not kept."""

import io

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


@pytest.mark.parametrize("size", [200_001, 400_000])
def test_larger_file_keeps_its_size_only(settings, size):
    """The form can say how large it was; the rest of the form is there."""
    settings.UPLOAD_MAX_BYTES = 200_000
    file = received(size)
    assert (file.size, file.read()) == (size, b"")


def refused_by_page(path: str, *sizes: int) -> int:
    """The status that a stranger's files are answered with, no token among them."""
    files = [SimpleUploadedFile("a.jpg", b"x" * size) for size in sizes]
    return Client(enforce_csrf_checks=True).post(path, {"photo": files}).status_code


@pytest.fixture
def read_bytes(monkeypatch) -> list[int]:
    """How much of each file was read, chunk by chunk."""
    read: list[int] = []
    original = BoundedMemoryUploadHandler.receive_data_chunk

    def counting(self, raw_data, start):
        read.append(len(raw_data))
        original(self, raw_data, start)

    monkeypatch.setattr(BoundedMemoryUploadHandler, "receive_data_chunk", counting)
    return read


@pytest.mark.parametrize("path", ["/register/document/front", "/register/selfie", "/register/statement"])
def test_a_body_longer_than_any_photograph_is_refused_unread(settings, read_bytes, path):
    """By its announced length, before its token is looked for."""
    settings.UPLOAD_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000, 10_000
    assert refused_by_page(path, 210_001) == 413
    assert read_bytes == []
    # one that is merely too large is read, to be told so beside its field
    assert refused_by_page(path, 150_000) == 403
    assert sum(read_bytes) == 150_000


@pytest.mark.parametrize("path", ["/register/consent", "/register/phone", "/register/details", "/admin/login/"])
def test_a_page_that_takes_no_file_reads_no_more_than_a_form(settings, read_bytes, path):
    """P-REG-2: nine files of 19 MB to the consent page once filled the memory before they were refused."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    assert refused_by_page(path, 10_000) == 413
    assert read_bytes == []


def test_the_second_file_of_a_request_is_not_read(settings, read_bytes):
    """No page asks for two; the answer says so, and not that they are too large."""
    assert refused_by_page("/register/document/front", 1000, 1000) == 413
    assert read_bytes == [1000]
    files = [SimpleUploadedFile("a.jpg", b"x" * 1000) for _ in range(2)]
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    page = browser.post("/register/document/front", {"photo": files}).content.decode()
    assert "Only one file at a time" in page
    assert "too large" not in page


def test_a_body_that_announces_no_length_is_not_read(read_bytes):
    """Sent in chunks, say: only the announced length bounds what is read."""
    body = io.BytesIO(b"x" * 100_000)
    answer = Client(enforce_csrf_checks=True).generic(
        "POST", "/register/consent", b"", "multipart/form-data; boundary=b", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input": body, "wsgi.input_terminated": True},
    )  # fmt: skip
    assert answer.status_code == 403
    assert (body.tell(), read_bytes) == (0, [])


def test_who_reads_a_body_before_its_page_is_known_is_bounded_too(settings):
    """The handler holds by itself."""
    settings.UPLOAD_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 500
    with pytest.raises(RequestDataTooBig):
        received(2501)
