"""The decoding process: reads a request from its standard input (a socket), decodes, answers, until the socket closes.

It holds no secret, and bounds itself: memory, processor and clock for each file. Each bound ends it, native code and all; the
process that asked sees the socket close and starts another.
"""

import json
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import pillow_heif

from realname import images
from realname.decoding import memory, video

# Address space. A HEIC of 40 megapixels, the costliest, is decoded, turned and flattened with less than 1 GiB.
MAX_MEMORY = 1536 * 1024 * 1024
MAX_FILES = 32
MAX_MESSAGE = 64 * 1024

Facts = dict[str, Any]
Act = Callable[..., tuple[Facts, bytes | memoryview]]


def decode(fd: int, *, min_side: int, formats: list[str]) -> tuple[Facts, memoryview]:
    """The pixels, RGB."""
    picture = images.decode(_content(fd), min_side=min_side, formats=formats)
    return {"shape": picture.rgb.shape, "format": picture.format}, memoryview(picture.rgb)


def reencode(fd: int, *, quality: int, max_side: int) -> tuple[Facts, bytes]:
    """A JPEG of ours."""
    return {}, images.reencode(_content(fd), quality=quality, max_side=max_side)


def inspect(fd: int) -> tuple[Facts, bytes]:
    """Nothing: only whether the header is good."""
    images.inspect(_content(fd))
    return {}, b""


def frames(fd: int, *, rate: float, max_side: int) -> tuple[Facts, memoryview]:
    """The frames of a video, BGR, and their times."""
    found = video.read(f"/proc/self/fd/{fd}", rate=rate, max_side=max_side)
    return {"shape": found.frames.shape, "times": found.times.tolist()}, memoryview(found.frames)


ACTS: dict[str, Act] = {"decode": decode, "inspect": inspect, "reencode": reencode, "frames": frames}


def main(acts: dict[str, Act] = ACTS) -> None:
    """Serve until the other side closes the socket."""
    connection = socket.socket(fileno=os.dup(0))
    _confine()
    connection.send(b"ready")
    while True:
        message, fds, _flags, _from = socket.recv_fds(connection, MAX_MESSAGE, 1)
        if not message:
            return
        request = json.loads(message)
        _wind_up(request["seconds"], request["clock"])
        try:
            facts, body = _answer(acts[request["act"]], fds[0], request["options"])
        finally:
            os.close(fds[0])
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(connection, facts, body)


def _answer(act: Act, fd: int, options: dict[str, Any]) -> tuple[Facts, bytes | memoryview]:
    try:
        return act(fd, **options)
    except (images.ImageRefused, video.VideoRefused) as refusal:
        return {"refused": refusal.code}, b""
    except MemoryError:
        # what is left of the address space may be too little for the next file: a new process begins with all of it
        sys.exit(1)
    except Exception as error:
        # a damaged file brings a decoder to raise nearly anything: the file's fault, and worth a line in the log
        return {"refused": "undecodable", "error": type(error).__name__}, b""


def _send(connection: socket.socket, facts: Facts, body: bytes | memoryview) -> None:
    fd = memory.put(body)
    try:
        socket.send_fds(connection, [json.dumps(facts).encode()], [fd])
    finally:
        os.close(fd)


def _content(fd: int) -> bytes:
    return os.pread(fd, os.fstat(fd).st_size, 0)


def _confine() -> None:
    """What holds for the whole life of the process."""
    # libheif decodes on as many threads as there are cores, each with a stack and buffers of its own
    pillow_heif.options.DECODE_THREADS = 1
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_FILES, MAX_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # a terminal's Ctrl-C is for those who ask; they close the socket
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # the kernel's own action, which ends the process in the middle of native code too
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # decoders complain at length about damaged files, in the files' words
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    os.close(quiet)


def _wind_up(seconds: float, clock: float) -> None:
    """Seconds of processor and of clock for the next file."""
    signal.setitimer(signal.ITIMER_REAL, clock)
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds), hard))


if __name__ == "__main__":
    main()
