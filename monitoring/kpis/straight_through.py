"""How many applications are decided at once, without anybody waiting for a person."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, percent, rows_of
from verification.states import Outcome

LABELS = {"through": _("Decided at once"), "review": _("Put before a reviewer"), "resubmit": _("Items asked for again")}


class StraightThrough:
    """Rounds that the rules decided alone, of all rounds that they judged."""

    key = "straight_through"
    events = frozenset({"application.decided"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        outcome = event.data.get("outcome")
        yield Observation(dims(way=outcome if outcome in (Outcome.REVIEW, Outcome.RESUBMIT) else "through"))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """The share."""
        counts = counts_by(rollups, "way")
        rate = percent(counts.get("through", 0), sum(counts.values()))
        return Figure(_("Straight-through rate"), rate, _("of the rounds judged by rule"), rows_of(counts, LABELS))
