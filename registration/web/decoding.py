"""A bound on the bursts of pictures that a web process decodes at a time: that is a core's work, and others' pages must not wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from registration.errors import RegistrationError

# one of a process's four threads decodes, three go on answering (realname/serve/services.py)
_slots = BoundedSemaphore(1)
# seconds an upload waits for its turn: a picture takes 0.1 to 0.3 s
PATIENCE = 1.5


class TooBusy(RegistrationError):
    """Too many pictures are being taken in at this moment."""

    code = "too_busy"


@contextmanager
def decoding_slot() -> Iterator[None]:
    """Hold the process's turn to decode. Raises TooBusy."""
    if not _slots.acquire(timeout=PATIENCE):
        raise TooBusy
    try:
        yield
    finally:
        _slots.release()
