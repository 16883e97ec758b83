"""What becomes of changes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from changes.states import ChangeStatus
from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims

ENDS = ("requested", "applied", "rejected", "withdrawn", "stopped")


class Changes:
    """Changes of records requested, and how they ended."""

    key = "changes"
    events = frozenset(f"change.{end}" for end in ENDS)

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        yield Observation(dims(what=event.name.removeprefix("change.")))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many, and their ends."""
        counts, labels = counts_by(rollups, "what"), dict(ChangeStatus.choices)
        rows = [Row(labels[end], str(counts.get(end, 0))) for end in ENDS[1:]]
        return Figure(_("Changes of records"), str(counts.get("requested", 0)), _("requested"), rows)
