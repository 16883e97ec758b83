"""What every KPI is: the events it hears, what it counts of them, and how it reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from monitoring.models import Rollup
from realname.trail.models import Event


@dataclass(frozen=True)
class Observation:
    """One thing counted. `value` is what was measured, in the KPI's unit (whole numbers add up the same in any order)."""

    dimensions: tuple[tuple[str, str], ...] = ()
    value: int | None = None
    histogram: bool = False


class Starts(Protocol):
    """Beginnings that wait for their end."""

    def keep(self, subject_id: str, at: datetime) -> None:
        """Remember a beginning; a newer one takes the older one's place."""

    def take(self, subject_id: str) -> datetime | None:
        """The beginning, forgotten with this."""


@dataclass(frozen=True)
class Row:
    """A line of a table: `share` is the bar's length, 0 to 100."""

    label: Any
    value: str
    share: int = 0


@dataclass(frozen=True)
class Figure:
    """How a KPI reads: one number large, its meaning, and a table."""

    title: Any
    headline: str
    meaning: Any = ""
    rows: list[Row] = field(default_factory=list)


class Kpi(Protocol):
    """A KPI. `observe` depends on the event and the kept starts alone, so a rebuild comes to the same numbers."""

    key: str
    events: frozenset[str]

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """What this event adds."""

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How these rollups read."""


def dims(**values: object) -> tuple[tuple[str, str], ...]:
    """Dimensions of an observation: codes only, in the order of their names."""
    return tuple((name, _code(value)) for name, value in sorted(values.items()))


def _code(value: object) -> str:
    return "".join(char for char in str(value or "unknown")[:40] if char.isalnum() or char in "_.-")


def counts_by(rollups: list[Rollup], dimension: str) -> dict[str, int]:
    """Counts added up by one dimension, the largest first."""
    counts: dict[str, int] = {}
    for rollup in rollups:
        key = rollup.dimension(dimension)
        counts[key] = counts.get(key, 0) + rollup.count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rows_of(counts: dict[str, int], labels: dict[str, Any]) -> list[Row]:
    """A table of counts, each bar its share of the whole."""
    whole = sum(counts.values()) or 1
    return [Row(labels.get(key, key), str(count), round(100 * count / whole)) for key, count in counts.items()]


def percent(part: int, whole: int) -> str:
    """A share to show, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def duration(seconds: float | None) -> str:
    """Seconds to show: `45 s`, `3.5 min`, `2.0 h`, or a dash."""
    if seconds is None:
        return "–"
    if seconds < 120:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
