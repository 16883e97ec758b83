"""A burst of pictures as one file: an uncompressed ZIP whose names are milliseconds, so that anybody can look into it."""

import io
import zipfile
from collections.abc import Iterable, Iterator

MEDIA_TYPE = "application/zip"
MAX_FRAMES = 100
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP knows: equal pictures give equal files


def pack(frames: Iterable[tuple[int, bytes]]) -> bytes:
    """The pictures with the ms at which each was taken, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for index, (milliseconds, content) in enumerate(frames):
            packed.writestr(zipfile.ZipInfo(f"{index:03d}-{milliseconds:06d}.jpg", _SAME_DAY), content)
    return out.getvalue()


def unpack(content: bytes) -> Iterator[tuple[int, bytes]]:
    """As they were packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield int(name[4:10]), packed.read(name)
