"""The scheduler, on a machine whose clock is set back."""

from typing import Any

import structlog
from celery.beat import PersistentScheduler

log = structlog.get_logger(__name__)


class SteadyScheduler(PersistentScheduler):
    """What ran last in the future is taken to have run now.

    Celery's own scheduler waits until the clock has come there again: set back by hours, there would be no sweep for hours, and
    what was lost would stay lost as long (docs/adr/0001).
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; answers the seconds until the next is."""
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > now]
        if ahead:
            log.warning("clock_set_back", entries=len(ahead))
            for entry in ahead:
                entry.last_run_at = now
            self._heap = None
        return super().tick(*args, **kwargs)
