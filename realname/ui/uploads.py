"""Reception of uploaded photographs."""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps an upload in memory up to `UPLOAD_MAX_BYTES`; of a larger one only the size.

    So a photograph never lies unencrypted in a temporary file, and a file that is too large still reaches its form,
    which says so beside the field (the file is empty then, its `size` true).
    """

    # a body this many times the largest file is nobody's photograph: it is refused by its announced length, unread
    ABSURD = 10

    def handle_raw_input(self, input_data: object, META: dict, content_length: int, boundary: bytes, encoding: str | None = None) -> None:  # noqa: N803
        """Look at the announced length before anything is read. Raises RequestDataTooBig (answered with 413)."""
        if content_length > settings.UPLOAD_MAX_BYTES * self.ABSURD:
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
