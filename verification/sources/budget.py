"""What may be spent at a source in an hour and a day, over all processes (P-VER-2).

The inquiries in the database are the truth; sums in Redis spare adding them up each time. Where Redis is away they are added up.
"""

from dataclasses import dataclass
from datetime import datetime

import redis
from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.outside import SourceUnavailable
from realname.outside.clients import shared_counters
from realname.trail import record
from realname.trail.subject import SubjectRef
from verification.models import Inquiry, SourceStanding
from verification.sources.policy import RULES

# From this share on people are told that a budget runs out: a fifth of an hour or a day is left to act in.
LOW_SHARE = 0.8
# A sum in Redis outlives its window and no more.
KEPT_SECONDS = 2 * 86_400.0


@dataclass(frozen=True, slots=True)
class Window:
    """One bound: what was used since `begin`, of what may be used. `unit` is `questions` (an hour) or `cents` (a day)."""

    source: str
    unit: str
    begin: datetime
    limit: int

    @property
    def key(self) -> str:
        """Its name among the sums."""
        return f"realname:budget:{self.source}:{self.unit}:{self.begin:%Y%m%d%H}"

    def used(self) -> int:
        """What the database says was used."""
        asked = Inquiry.objects.filter(source=self.source).since(self.begin)
        found = asked.aggregate(questions=Count("pk"), cents=Sum("cents"))
        return found[self.unit] or 0


def windows(source: str) -> tuple[Window, Window]:
    """The bounds of a source as they are now; days and hours are those of UTC."""
    rules, hour = RULES[source], timezone.now().replace(minute=0, second=0, microsecond=0)
    return (
        Window(source, "questions", hour, policy.value(rules.hourly)),
        Window(source, "cents", hour.replace(hour=0), policy.value(rules.daily_cents)),
    )


def used_share(source: str) -> float:
    """The larger share of its bounds that is used, 0 to 1 and over, as the database says."""
    return max(window.used() / max(window.limit, 1) for window in windows(source))


def charge(source: str, *, cents: int) -> None:
    """Count one question. Call in the transaction that writes its inquiry, before writing it.

    Raises SourceUnavailable(budget) where it goes over a bound; tells once a window that it runs out.
    """
    amounts = {"questions": 1, "cents": cents}
    bounds = windows(source)
    used = _used_with(source, bounds, amounts)
    if any(total > window.limit for total, window in zip(used, bounds, strict=True)):
        _give_back(bounds, amounts)
        raise SourceUnavailable(source, "budget")
    for total, window in zip(used, bounds, strict=True):
        if total >= LOW_SHARE * window.limit:
            _tell_low(window, total)


def _used_with(source: str, bounds: tuple[Window, ...], amounts: dict[str, int]) -> list[int]:
    """What is used with this question counted in."""
    counters = shared_counters()
    if shared := counters.shared():
        try:
            known = shared.sums(*(window.key for window in bounds))
            begins = [window.used() if sum_ is None else sum_ for window, sum_ in zip(bounds, known, strict=True)]
            added = {window.key: (amounts[window.unit], begin) for window, begin in zip(bounds, begins, strict=True)}
            return shared.add(added, KEPT_SECONDS)
        except redis.RedisError as error:
            counters.rest(error)
    # one at a time, until this transaction ends: the sums of two at once would not hold each other
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"budget:{source}"])
    return [window.used() + amounts[window.unit] for window in bounds]


def _give_back(bounds: tuple[Window, ...], amounts: dict[str, int]) -> None:
    counters = shared_counters()
    if shared := counters.shared():
        try:
            shared.add({window.key: (-amounts[window.unit], 0) for window in bounds}, KEPT_SECONDS)
        except redis.RedisError as error:
            counters.rest(error)


def _tell_low(window: Window, used: int) -> None:
    told = f"{window.unit}_told"
    SourceStanding.objects.get_or_create(name=window.source)
    untold = SourceStanding.objects.filter(Q(**{f"{told}__lt": window.begin}) | Q(**{told: None}), name=window.source)
    if untold.update(**{told: window.begin}):
        data = {"unit": window.unit, "used": used, "limit": window.limit, "from": window.begin.isoformat()}
        record("source.budget_low", actor=SYSTEM, subject=SubjectRef("source", window.source), reason=window.unit, data=data)
