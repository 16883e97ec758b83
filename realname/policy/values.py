"""Reading the policy: the newest version, kept in this process for a few seconds."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from .errors import InvalidValue
from .parameters import Parameter

T = TypeVar("T")
logger = logging.getLogger(__name__)

# How long another process may go on with the version before.
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


_cached: tuple[float, Snapshot] | None = None


def current() -> Snapshot:
    """The newest version; number 0, without values, before the first change.

    Inside a transaction the cache is read but not filled: what is seen there may be rolled back.
    """
    global _cached
    cached = _cached
    if cached is not None and time.monotonic() < cached[0]:
        return cached[1]
    snapshot = _newest()
    if not connection.in_atomic_block:
        _cached = (time.monotonic() + CACHE_SECONDS, snapshot)
    return snapshot


def value(parameter: Parameter[T]) -> T:
    """What the parameter is now."""
    return current().value(parameter)


def version() -> int:
    """The number of the newest version, 0 before the first change."""
    return current().number


def forget() -> None:
    """Read anew next time. Called when the policy changes."""
    global _cached
    _cached = None


def _newest() -> Snapshot:
    from .models import PolicyVersion  # this module is imported with the package, before the models can be

    newest = PolicyVersion.objects.order_by("-number").values_list("number", "values").first()
    return Snapshot(*newest) if newest else Snapshot(0, {})
