"""Reading the policy: what acts and what is scheduled, kept in this process for a few seconds."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from .errors import InvalidValue
from .parameters import Parameter

T = TypeVar("T")
logger = logging.getLogger(__name__)

# How long another process may go on without a version that was published to act at once. One that was published to act later
# is known to every process by then, and acts in all of them at its moment.
CACHE_SECONDS = 5.0


@dataclass(frozen=True)
class Snapshot:
    """One version whole: for a decision that reads several values and must name the version it read."""

    number: int
    values: Mapping[str, Any]

    def value(self, parameter: Parameter[T]) -> T:
        """The parameter's value in this version. A stored value that a later release refuses is logged, and the default holds."""
        if parameter.key not in self.values:
            return parameter.default
        try:
            return parameter.clean(self.values[parameter.key])
        except InvalidValue as error:
            logger.error("policy version %s holds a refused value, the default is used: %s", self.number, error)
            return parameter.default


@dataclass(frozen=True)
class _Cached:
    """What acts and what will, by the moment from which it does; believed until the monotonic clock says `expires`."""

    expires: float
    versions: tuple[tuple[datetime, Snapshot], ...]

    def acting(self) -> Snapshot:
        now = timezone.now()
        return next((snapshot for acts_from, snapshot in reversed(self.versions) if acts_from <= now), DEFAULTS)


DEFAULTS = Snapshot(0, {})
_cached: _Cached | None = None
_held: ContextVar[Snapshot | None] = ContextVar("policy_held", default=None)


def current() -> Snapshot:
    """The version that acts now; number 0, without values, before the first. Inside `hold` the one that is held.

    Inside a transaction the cache is read but not filled: what is seen there may be rolled back.
    """
    global _cached
    if (held := _held.get()) is not None:
        return held
    cached = _cached
    if cached is None or time.monotonic() >= cached.expires:
        cached = _Cached(time.monotonic() + CACHE_SECONDS, _acting_and_scheduled())
        if not connection.in_atomic_block:
            _cached = cached
    return cached.acting()


@contextmanager
def hold() -> Iterator[Snapshot]:
    """Until the end of the block every reading in this thread is of one version, whatever is published meanwhile (P-VER-7)."""
    snapshot = current()
    token = _held.set(snapshot)
    try:
        yield snapshot
    finally:
        _held.reset(token)


def value(parameter: Parameter[T]) -> T:
    """What the parameter is now."""
    return current().value(parameter)


def version() -> int:
    """The number of the version that acts now, 0 before the first."""
    return current().number


def forget() -> None:
    """Read anew next time. Called when something is published or cancelled."""
    global _cached
    _cached = None


def _acting_and_scheduled() -> tuple[tuple[datetime, Snapshot], ...]:
    from .models import PolicyVersion  # this module is imported with the package, before the models can be

    live, now = PolicyVersion.objects.live(), timezone.now()
    acting = live.filter(acts_from__lte=now).order_by("-number").values("number")[:1]
    rows = live.filter(Q(acts_from__gt=now) | Q(number__in=acting)).order_by("number")
    return tuple((acts_from, Snapshot(number, values)) for acts_from, number, values in rows.values_list("acts_from", "number", "values"))
