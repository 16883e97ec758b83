"""Reception of what is sent: one photograph at a time, in memory, on the pages that ask for one; everywhere else a form of text."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from realname.ui.errors import too_large

View = Callable[..., HttpResponse]
# A file up to this many times the limit is still read, though not kept, so that its form can say beside the field that it is
# too large: a video of half a minute, say. Longer bodies are refused unread.
READ_TO_SAY_SO = 2


def takes_file(view: View) -> View:
    """Mark a page that asks for a file: only there may a body be longer than a form of text."""

    @wraps(view)
    def marked(*args, **kwargs) -> HttpResponse:
        return view(*args, **kwargs)

    marked.takes_file = True
    return marked


class BodyLimitMiddleware:
    """Refuses a body that is longer than its page can need, by its announced length: before CSRF protection reads it.

    What announces no length (a chunked body) is not read at all: Django takes it for empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Answer 413 unread, in the words of the view where it has its own (`too_large`), or let it pass."""
        most = longest_body() if getattr(view, "takes_file", False) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return getattr(view, "too_large", too_large)(request) if _announced(request) > most else None


def longest_body() -> int:
    """Bytes of the longest body that any page reads: its text, and a file that is up to `READ_TO_SAY_SO` times too large."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + settings.UPLOAD_MAX_BYTES * READ_TO_SAY_SO


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps an upload in memory up to `UPLOAD_MAX_BYTES`; of a larger one only the size.

    So a photograph never lies unencrypted in a temporary file, and a file that is too large still reaches its form,
    which says so beside the field (the file is empty then, its `size` true). One file a request
    (`DATA_UPLOAD_MAX_NUMBER_FILES`): so a request holds at most `UPLOAD_MAX_BYTES` of files in memory.
    """

    def handle_raw_input(self, input_data: object, META: dict, content_length: int, boundary: bytes, encoding: str | None = None) -> None:  # noqa: N803
        """Look at the announced length before anything is read, for whoever reads a body before its page is known.

        Raises RequestDataTooBig (answered with 413).
        """
        if content_length > longest_body():
            raise RequestDataTooBig

    def new_file(self, *args, **kwargs) -> None:
        """Begin an empty file."""
        super().new_file(*args, **kwargs)
        self.content, self.received = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while the file is within bounds; forget all of it once it is not."""
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_MAX_BYTES:
            self.content.write(raw_data)
        elif self.content.getbuffer().nbytes:
            self.content = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file with its true size."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
