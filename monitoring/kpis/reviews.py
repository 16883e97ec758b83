"""What reviewers have to do, and whether they are in time."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims, percent
from verification.models import Review

LABELS = {"opened": _("Opened"), "in_time": _("Closed in time"), "late": _("Closed late")}


class Reviews:
    """Reviews opened, closed and closed late. The backlog is what stands open now."""

    key = "reviews"
    events = frozenset({"review.opened", "review.closed"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        closed = "late" if event.data.get("late") else "in_time"
        yield Observation(dims(what="opened" if event.name == "review.opened" else closed))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """The backlog now, and the flow of the days shown."""
        counts = counts_by(rollups, "what")
        closed = counts.get("late", 0) + counts.get("in_time", 0)
        rows = [
            Row(_("Overdue now"), str(Review.objects.overdue().count())),
            *(Row(label, str(counts.get(key, 0))) for key, label in LABELS.items()),
            Row(_("Share closed late"), percent(counts.get("late", 0), closed)),
        ]
        return Figure(_("Review backlog"), str(Review.objects.open().count()), _("open now"), rows)
