"""Questions of this stage."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from monitoring.kpis import KPIS
from monitoring.kpis.base import Figure
from monitoring.models import Rollup
from monitoring.services.fold_events import active_generation
from verification.states import Outcome

SHORTEST_TREND = 7


@dataclass(frozen=True)
class Day:
    """One day of the trend; heights are 0 to 100 of the busiest day shown."""

    day: date
    submitted: int
    approved: int
    submitted_height: int
    approved_height: int


def figures(days: int) -> list[Figure]:
    """Every KPI over the last `days` days, today included, in the order of the page."""
    rollups = _rollups(days)
    return [kpi.figure([each for each in rollups if each.kpi == kpi.key]) for kpi in KPIS]


def trend(days: int) -> list[Day]:
    """Submitted and approved applications, day by day, oldest first; a week at least."""
    days = max(days, SHORTEST_TREND)
    submitted: dict[date, int] = {}
    approved: dict[date, int] = {}
    for rollup in _rollups(days):
        if rollup.kpi == "applications_submitted":
            submitted[rollup.day] = submitted.get(rollup.day, 0) + rollup.count
        elif rollup.kpi == "applications_decided" and rollup.dimension("outcome") == Outcome.APPROVE:
            approved[rollup.day] = approved.get(rollup.day, 0) + rollup.count
    most = max([*submitted.values(), *approved.values(), 1])
    shown = [_first_day(days) + timedelta(days=number) for number in range(days)]
    return [_day(each, submitted.get(each, 0), approved.get(each, 0), most) for each in shown]


def _day(day: date, submitted: int, approved: int, most: int) -> Day:
    return Day(day, submitted, approved, round(100 * submitted / most), round(100 * approved / most))


def _first_day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days - 1)


def _rollups(days: int) -> list[Rollup]:
    return list(Rollup.objects.filter(generation=active_generation(), day__gte=_first_day(days)))
