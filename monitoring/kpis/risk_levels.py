"""How risky applications are graded: the share of anomalies."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, percent, rows_of
from risk.states import RiskLevel


class RiskLevels:
    """Grades by level."""

    key = "risk_levels"
    events = frozenset({"application.graded"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        yield Observation(dims(level=event.data.get("level")))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """The share of high and critical ones."""
        counts = counts_by(rollups, "level")
        grave = sum(counts.get(str(level), 0) for level in RiskLevel.needs_review())
        rows = rows_of(counts, dict(RiskLevel.choices))
        return Figure(_("Risk"), percent(grave, sum(counts.values())), _("graded high or critical"), rows)
