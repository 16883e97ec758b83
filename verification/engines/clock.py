"""Adds up the time each stage of reading took, however often it ran."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Stages: locate, detect, recognise, parse."""

    def __init__(self) -> None:
        self._spent = dict.fromkeys(("locate", "detect", "recognise", "parse"), 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts what happens within to that stage."""
        started = time.perf_counter()
        yield
        self._spent[name] += time.perf_counter() - started

    def milliseconds(self) -> dict[str, float]:
        """Of each stage, and of all together."""
        spent = {name: round(1000 * seconds, 1) for name, seconds in self._spent.items()}
        return {**spent, "total": round(1000 * sum(self._spent.values()), 1)}
