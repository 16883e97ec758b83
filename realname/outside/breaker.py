"""A circuit breaker: a source that keeps failing is left alone for a while, by all processes at once.

closed ──failures──▶ open ──time──▶ half_open ──the one trial succeeds──▶ closed
                      ▲                  └──the trial fails──┘
(after M. Nygard, Release It!, "Circuit Breaker")
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from realname.outside.counters import Counters
from realname.outside.errors import SourceRefused, SourceUnavailable

log = structlog.get_logger(__name__)

# A tripped breaker stays half-open until a trial succeeds; a day without a question forgets it.
TRIPPED_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Our own choice of figures: a source of 99 % health trips by chance about once in 10^10 calls at 5 in a row."""

    # failures with no success between them, within `window_seconds` of the first
    failures_to_open: int = 5
    window_seconds: float = 30.0
    # how long nobody asks
    open_seconds: float = 15.0
    # how long a trial may take before another may try; longer than any request (client.Limits.total)
    trial_seconds: float = 20.0


class Breaker:
    """One per source. State lives in the counters, so all processes that share them agree."""

    def __init__(self, source: str, counters: Counters, thresholds: Thresholds = Thresholds()) -> None:  # noqa: B008
        self.source = source
        self._counters = counters
        self._thresholds = thresholds
        self._failures, self._open, self._tripped, self._trial = (
            f"realname:breaker:{source}:{part}" for part in ("failures", "open", "tripped", "trial")
        )

    def state(self) -> str:
        """`closed`, `open` or `half_open`."""
        is_open, tripped = self._counters.present(self._open, self._tripped)
        return "open" if is_open else "half_open" if tripped else "closed"

    def reset(self) -> None:
        """Close it and forget all failures."""
        self._counters.drop(self._failures, self._open, self._tripped, self._trial)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around one attempt. Raises SourceUnavailable(breaker_open) instead of asking; learns from how the attempt ends."""
        is_open, tripped, failed = self._counters.present(self._open, self._tripped, self._failures)
        if is_open or (tripped and not self._counters.put(self._trial, self._thresholds.trial_seconds, only_new=True)):
            raise SourceUnavailable(self.source, "breaker_open")
        try:
            yield
        except SourceUnavailable:
            self._failure(tripped)
            raise
        except SourceRefused:
            self._success(tripped, failed)
            raise
        except BaseException:
            # our own fault says nothing of the source: let another try
            if tripped:
                self._counters.drop(self._trial)
            raise
        self._success(tripped, failed)

    def _success(self, tripped: bool, failed: bool) -> None:
        if tripped or failed:
            self.reset()
        if tripped:
            log.info("breaker_closed", source=self.source)

    def _failure(self, tripped: bool) -> None:
        limits = self._thresholds
        if not tripped and self._counters.count(self._failures, limits.window_seconds) < limits.failures_to_open:
            return
        self._counters.put(self._open, limits.open_seconds)
        self._counters.put(self._tripped, TRIPPED_SECONDS)
        self._counters.drop(self._trial, self._failures)
        log.warning("breaker_opened", source=self.source, seconds=limits.open_seconds)
