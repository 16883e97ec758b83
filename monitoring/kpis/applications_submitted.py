"""How many people hand in."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, rows_of

LABELS = {"first": _("First submission"), "again": _("Sent again")}


class ApplicationsSubmitted:
    """Applications handed in, for the first time or again."""

    key = "applications_submitted"
    events = frozenset({"application.submitted"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        yield Observation(dims(time="first" if event.data.get("round") == 1 else "again"))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many, first and again."""
        counts = counts_by(rollups, "time")
        return Figure(_("Applications submitted"), str(sum(counts.values())), _("first time and again"), rows_of(counts, LABELS))
