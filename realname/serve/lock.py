"""One run at a time in one `var` folder."""

import fcntl
import os
import time
from pathlib import Path
from typing import TextIO

import psutil


class AlreadyRunning(Exception):
    """Another run holds this `var` folder."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"It already runs here (process {pid}).")
        self.pid = pid


def take(file: Path, *, patience_s: float = 30) -> TextIO:
    """Take the folder's lock and answer the open file that holds it; the guard inherits it.

    Waits up to `patience_s` while the guard of a killed run still tidies up. Raises AlreadyRunning.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = file.open("a+")
    deadline = time.monotonic() + patience_s
    while not _locked(handle):
        holder = _holder(handle)
        if (holder and psutil.pid_exists(holder)) or time.monotonic() > deadline:
            handle.close()
            raise AlreadyRunning(holder)
        time.sleep(0.2)
    handle.seek(0)
    handle.truncate()
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


def _locked(handle: TextIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: TextIO) -> int:
    handle.seek(0)
    text = handle.read().strip()
    return int(text) if text.isdigit() else 0
