"""Keeps one decoding process alive: starts it when first needed, asks it, and replaces it when a file has brought it down."""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import structlog

from realname.decoding import memory
from realname.decoding.video import MAX_KEPT, MAX_SIDE, OPTIONS
from realname.images import MAX_PIXELS
from realname.paths import REPO

log = structlog.get_logger(__name__)

COMMAND = (sys.executable, "-m", "realname.decoding.child")
START_SECONDS = 60.0
# seconds of clock for each second of processor: a decoder that waits without working is stopped too, on a busy machine later
PATIENCE = 3.0
MAX_MESSAGE = 64 * 1024
# the largest answer: a picture's pixels, or a video's
MAX_ANSWER = 3 * max(MAX_PIXELS, MAX_KEPT * MAX_SIDE * MAX_SIDE)
# All that the child knows of our environment: no address, no key, no secret.
KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")
SET = {
    # one file at a time on one thread, and memory that goes back when it is done with
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"), "1"),
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": OPTIONS,
}


class DecoderFailed(Exception):
    """The file brought the decoder down: it crashed, took too long or too much memory. The next file finds a new one."""


class DecoderBroken(RuntimeError):
    """The decoder does not even start: a fault of the installation, and nobody's file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child said: `facts` are its words, `content` its bytes (read-only), `refused` the code where it refused the file."""

    facts: dict[str, Any]
    content: memoryview
    refused: str = ""

    def array(self, dtype: type) -> np.ndarray:
        """The bytes as an array of the shape it named; not copied. Raises DecoderFailed where they do not fit."""
        try:
            return np.frombuffer(self.content, dtype).reshape(self.facts["shape"])
        except (KeyError, TypeError, ValueError) as error:
            raise DecoderFailed("shape") from error


class Decoder:
    """One child, asked by one thread at a time. After a fork the new process gets a child of its own."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._forget()
        os.register_at_fork(after_in_child=self._after_fork)
        atexit.register(self.stop)

    @property
    def pid(self) -> int | None:
        """The child's process id, None where none runs."""
        return self._process.pid if self._process else None

    def ask(self, act: str, content: bytes, *, seconds: float, **options: Any) -> Answer:
        """Have `act` done on `content` within `seconds` of processor. Raises DecoderFailed, DecoderBroken."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                return self._exchange(act, content, seconds, options)
            except (OSError, EOFError, ValueError) as error:
                how = type(error).__name__
                log.warning("decoder_failed", act=act, bytes=len(content), how=how, exit_code=self._end())
                raise DecoderFailed(how) from error

    def stop(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def _exchange(self, act: str, content: bytes, seconds: float, options: dict[str, Any]) -> Answer:
        clock = seconds * PATIENCE
        request = json.dumps({"act": act, "seconds": seconds, "clock": clock, "options": options}).encode()
        # the child ends itself by then; this is for one that was stopped, or never got that far
        self._connection.settimeout(clock + 1)
        sent = memory.put(content)
        try:
            socket.send_fds(self._connection, [request], [sent])
        finally:
            os.close(sent)
        message, fds, _flags, _from = socket.recv_fds(self._connection, MAX_MESSAGE, 1)
        if not message:
            raise EOFError
        body = memory.get(fds[0], at_most=MAX_ANSWER) if fds else memoryview(b"")
        said = json.loads(message)
        if said.get("error"):
            log.warning("decoder_fault", act=act, error=str(said["error"])[:100])
        return Answer(facts=said, content=body, refused=str(said.get("refused", "")))

    def _start(self) -> None:
        self._end()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            env = {name: os.environ[name] for name in KEPT if name in os.environ} | SET
            self._process = subprocess.Popen(self._command, stdin=theirs, stdout=subprocess.DEVNULL, env=env, cwd=REPO)
        self._connection = ours
        ours.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            if ours.recv(MAX_MESSAGE) == b"ready":
                return
        raise DecoderBroken(f"The decoding process did not start: exit code {self._end()}.")

    def _end(self) -> int | None:
        """Its exit code; negative is the signal that ended it."""
        if self._process is None:
            return None
        self._connection.close()
        # with its socket closed it is of no more use, whatever it is doing
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)
        self._process.kill()
        code = self._process.wait()
        self._process = None
        return code

    def _after_fork(self) -> None:
        """The child is our parent's: let go of its socket, so that it sees its end when our parent ends."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.returncode = 0  # not ours to wait for
        self._forget()

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._connection: socket.socket | None = None
