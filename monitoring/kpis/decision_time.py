"""How long people wait for their answer."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, dims, duration
from monitoring.kpis.histogram import quantile
from verification.states import Outcome


class DecisionTime:
    """From the submission of a round to its answer: approved, rejected, or asked again; by rule or by a reviewer."""

    key = "decision_time"
    events = frozenset({"application.submitted", "application.decided", "review.closed"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """The seconds of each answer. A review asked for after a refusal has no submission of its own and is not measured."""
        if event.name == "application.submitted":
            starts.keep(event.subject_id, event.at)
        elif event.data.get("outcome") != Outcome.REVIEW:
            reviewed = event.name == "review.closed"
            submitted_at = starts.take(event.related_id if reviewed else event.subject_id)
            if submitted_at is not None:
                seconds = max(0, round((event.at - submitted_at).total_seconds()))
                yield Observation(dims(by="reviewer" if reviewed else "rules"), value=seconds, histogram=True)

    def figure(self, rollups: list[Rollup]) -> Figure:
        """Median and 90th percentile, together and by who answered."""
        both = _buckets(rollups)
        rows = [
            Row(_("9 of 10 wait at most"), duration(quantile(both, 0.9))),
            Row(_("Median, decided by rule"), duration(quantile(_buckets(rollups, "rules"), 0.5))),
            Row(_("Median, decided by a reviewer"), duration(quantile(_buckets(rollups, "reviewer"), 0.5))),
        ]
        return Figure(_("From submission to answer"), duration(quantile(both, 0.5)), _("median"), rows)


def _buckets(rollups: list[Rollup], by: str = "") -> dict[str, int]:
    buckets: dict[str, int] = {}
    for rollup in rollups:
        if not by or rollup.dimension("by") == by:
            for index, count in rollup.buckets.items():
                buckets[index] = buckets.get(index, 0) + count
    return buckets
