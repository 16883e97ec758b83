"""Passes bytes between two processes without a pipe: as a memory file whose content can no longer change."""

import fcntl
import mmap
import os

# Without these the sender could shrink the file under the reader (SIGBUS), or alter what was already judged.
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def put(*contents: bytes | memoryview) -> int:
    """A sealed memory file with the contents one after the other; the descriptor is the caller's to close."""
    fd = os.memfd_create("decoding", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        for content in contents:
            rest = memoryview(content).cast("B")
            while rest:
                rest = rest[os.write(fd, rest) :]
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, _SEALS)
    except BaseException:
        os.close(fd)
        raise
    return fd


def get(fd: int, *, at_most: int) -> memoryview:
    """The whole content, read-only and not copied; closes the descriptor. Raises ValueError where it is not sealed or too large."""
    try:
        size = os.fstat(fd).st_size
        if fcntl.fcntl(fd, fcntl.F_GET_SEALS) & _SEALS != _SEALS or size > at_most:
            raise ValueError(f"{size} bytes, or not sealed")
        return memoryview(mmap.mmap(fd, size, prot=mmap.PROT_READ, flags=mmap.MAP_SHARED | mmap.MAP_POPULATE) if size else b"")
    finally:
        os.close(fd)
