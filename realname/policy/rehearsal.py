"""Who can say which decisions would have fallen otherwise: a floor above registers, the policy asks."""

from collections.abc import Callable
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured

from realname.policy.values import Snapshot

# called with (looked at, total); answers False where the work was taken over by another and is to stop
Progress = Callable[[int, int], bool]


class Rehearsal(Protocol):
    """Judges what was decided again, by stored facts alone: it changes nothing and opens nothing personal."""

    def keys(self) -> frozenset[str]:
        """The parameters whose effect it can show."""

    def run(self, *, before: Snapshot, after: Snapshot, wanted: int, progress: Progress) -> dict[str, Any] | None:
        """Judge the last `wanted` applications by both; answers plain data of counts, codes and ids, nothing where it was stopped."""

    def describe(self, result: dict[str, Any]) -> dict[str, Any]:
        """What `run` answered in words: {"flips": [{"reference", "url", "old", "new", "reasons"}], "moves": [{"old", "new", "count"}],
        "unjudged": [{"count", "why"}]} beside the counts."""


_registered: list[Rehearsal] = []


def register(one: Rehearsal) -> None:
    """Make it known. Raises ImproperlyConfigured where there is one already."""
    if _registered:
        raise ImproperlyConfigured("A rehearsal of the policy is registered twice.")
    _registered.append(one)


def covered() -> frozenset[str]:
    """The parameters whose effect a dry run shows."""
    return frozenset().union(*(one.keys() for one in _registered))


def registered() -> Rehearsal:
    """The one there is. Raises ImproperlyConfigured where there is none."""
    if not _registered:
        raise ImproperlyConfigured("No floor has registered a rehearsal of the policy.")
    return _registered[0]
