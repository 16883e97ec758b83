"""Hints: sent by a thread of their own, so that nobody waits for the broker, and those of one moment as one.

Only for what a sweep or a clock would begin soon anyway: a process that is killed takes the hint it has not sent with it.
"""

import atexit
import os
import threading
import time

import structlog
from celery import Task

from realname.queue.enqueue import send

log = structlog.get_logger(__name__)
# seconds between two hints of a process: under load one stands for all that came meanwhile
PAUSE = 0.02


class Hints:
    """The tasks somebody asked for, and the thread that sends them."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)
        atexit.register(self._send)

    def give(self, task: Task) -> None:
        """Send `task`, which takes nothing, in a moment."""
        with self._lock:
            self._wanted[task.name] = task
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="queue-hints", daemon=True)
                self._thread.start()
        self._given.set()

    def _run(self) -> None:
        while self._given.wait():
            self._send()
            time.sleep(PAUSE)

    def _send(self) -> None:
        self._given.clear()
        with self._lock:
            wanted, self._wanted = self._wanted, {}
        for task in wanted.values():
            try:
                send(task)
            except Exception:
                # whatever it is, the thread must live to send the next one
                log.exception("hint_failed", task=task.name)

    def _begin(self) -> None:
        """In a forked process no thread of its parent runs, and what was given there is sent there."""
        self._lock = threading.Lock()
        self._given = threading.Event()
        self._wanted: dict[str, Task] = {}
        self._thread: threading.Thread | None = None


_hints = Hints()


def hint(task: Task) -> None:
    """Ask for `task` once more, soon: however often within a moment, it is sent once. Call after the commit."""
    _hints.give(task)
