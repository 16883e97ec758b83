"""The decoding process, but some contents do to it what a harmful file might do to a decoder. Started by tests only."""

import os
import signal
import time

from realname.decoding import child


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def swell() -> None:
    bytes(2 * child.MAX_MEMORY)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    """As native code does that waits for ever: no signal handler of Python's would run."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    time.sleep(600)


def stumble() -> None:
    raise ZeroDivisionError


HARMS = {harm.__name__.encode(): harm for harm in (crash, swell, spin, sleep, stumble)}


def harmful(act: child.Act) -> child.Act:
    def wrapped(fd: int, **options):
        content = os.pread(fd, 100, 0)
        if content == b"environment":
            return {"names": sorted(os.environ)}, b""
        if content == b"lie":
            return {"shape": [1_000_000, 1_000_000, 3], "format": "JPEG", "times": []}, b"123"
        if content in HARMS:
            HARMS[content]()
        return act(fd, **options)

    return wrapped


if __name__ == "__main__":
    child.main({name: harmful(act) for name, act in child.ACTS.items()})
