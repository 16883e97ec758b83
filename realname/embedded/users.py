"""Who uses the embedded servers: a command that had to start them stops them as it ends, unless somebody else uses them by then.

Each process that uses them holds a shared lock on one file for its life; the kernel gives it back however the process ends.
What a command started is noted in that file, so that the last command out stops it, whichever started it.
"""

import atexit
import fcntl
import os
from types import ModuleType
from typing import TextIO

from realname.embedded import postgres, valkey
from realname.paths import var_dir

SERVERS: dict[str, ModuleType] = {"postgres": postgres, "valkey": valkey}
_held: TextIO | None = None


def hold() -> None:
    """Be counted as a user until this process ends; waits while the last one out stops the servers."""
    global _held
    if _held is None:
        path = var_dir() / "run" / "embedded.users"
        path.parent.mkdir(parents=True, exist_ok=True)
        _held = path.open("a+")
        fcntl.flock(_held, fcntl.LOCK_SH)


def running() -> set[str]:
    """The names of the servers that run."""
    return {name for name, server in SERVERS.items() if server.is_running()}


def stop_at_exit(started: set[str]) -> None:
    """Note what this command started; as it ends, stop what was noted, by this or an earlier one, if nobody uses it."""
    _note(_noted() | started)
    atexit.register(_leave, os.getpid())


def keep_running() -> None:
    """Forget what was noted: somebody wants the servers to stay."""
    _note(set())


def _leave(pid: int) -> None:
    if os.getpid() != pid:
        return  # a forked child inherits the duty, not the right
    try:
        fcntl.flock(_held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for name in _noted():
        SERVERS[name].stop()
    _note(set())


def _noted() -> set[str]:
    _held.seek(0)
    return set(_held.read().split()) & set(SERVERS)


def _note(names: set[str]) -> None:
    _held.truncate(0)
    _held.write(" ".join(sorted(names)))
    _held.flush()
