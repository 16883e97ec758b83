"""Whether the way without face recognition is a real choice (R-33)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, percent, rows_of
from registration.states import VerificationPath


class FaceFree:
    """The share of first submissions that go without face recognition."""

    key = "face_free"
    events = frozenset({"application.submitted"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One for each first submission."""
        if event.data.get("round") == 1:
            yield Observation(dims(path=event.data.get("path")))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """The share."""
        counts = counts_by(rollups, "path")
        share = percent(counts.get(str(VerificationPath.FACE_FREE), 0), sum(counts.values()))
        rows = rows_of(counts, dict(VerificationPath.choices))
        return Figure(_("Without face recognition"), share, _("of first submissions"), rows)
