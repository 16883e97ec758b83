"""So many questions at the same time at one source, over all processes, and no more."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from realname.outside.counters import Counters
from realname.outside.errors import SourceUnavailable


@dataclass(frozen=True, slots=True)
class Places:
    """`limit` places at a source. One that is not given back, by a killed worker, is free after `seconds`."""

    source: str
    counters: Counters
    limit: int
    seconds: float

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place. Raises SourceUnavailable(crowded) where none is free: nobody queues in a worker."""
        name, holder = f"realname:places:{self.source}", uuid.uuid4().hex
        if not self.counters.enter(name, holder, limit=self.limit, seconds=self.seconds):
            raise SourceUnavailable(self.source, "crowded")
        try:
            yield
        finally:
            self.counters.leave(name, holder)
