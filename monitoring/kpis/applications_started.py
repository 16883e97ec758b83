"""How many people begin."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, rows_of
from registration.states import VerificationPath


class ApplicationsStarted:
    """Applications begun, by way of verification."""

    key = "applications_started"
    events = frozenset({"application.started"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        yield Observation(dims(path=event.data.get("path")))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many, by way."""
        counts = counts_by(rollups, "path")
        rows = rows_of(counts, dict(VerificationPath.choices))
        return Figure(_("Applications started"), str(sum(counts.values())), _("by way of verification"), rows)
