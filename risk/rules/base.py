"""What every rule is: a code, its points, and a look at the application."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from realname.policy import Parameter, Snapshot
from registration.models import Application

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Context:
    """What a rule may look at. `checks` maps a kind to (status, reason code); `policy` is one version for the whole grade."""

    application: Application
    checks: dict[str, tuple[str, str]]
    now: datetime
    policy: Snapshot


@dataclass(frozen=True)
class Hit:
    """A rule fired: how many it counted, and from how many on it fires."""

    count: int
    threshold: int


class Rule(Protocol):
    """A rule counts things that were done, and fires from as many as policy says, or at once. It knows nothing about who the person is.

    Sex, ethnicity, birth, address and the region in an ID number are not looked at by any rule: a grade must not treat
    people differently for them (R-29: fair automated decisions).
    """

    code: str
    points: Parameter[int]
    fires_from: Parameter[int] | None

    def weigh(self, context: Context) -> Hit | None:
        """Look, and say what was counted where it is enough to fire; change nothing."""


def hit_from(count: int, threshold: int) -> Hit | None:
    """A hit where the count reaches the threshold."""
    return Hit(count=count, threshold=threshold) if count >= threshold else None
