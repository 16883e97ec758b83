"""What a dead worker, a lost broker or a restart left behind is sent again."""

from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

Sweeper = Callable[[], int]
_sweepers: list[Sweeper] = []


def sweeper(function: Sweeper) -> Sweeper:
    """Register a function that re-sends what was left behind and answers how many it found."""
    _sweepers.append(function)
    return function


def sweep() -> int:
    """Run every sweeper. One that fails does not stop the others."""
    found = 0
    for function in _sweepers:
        try:
            found += function()
        except Exception:
            log.exception("sweeper_failed", sweeper=f"{function.__module__}.{function.__qualname__}")
    return found
