"""Whether codes reach people, and are entered right."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Starts, counts_by, dims, rows_of

WHAT = {"phone_code.sent": "sent", "phone_code.failed": "failed", "phone_code.refused": "refused"}
LABELS = {"sent": _("Sent"), "failed": _("Could not be sent"), "refused": _("Entered wrong or late")}


class PhoneCodes:
    """One-time codes sent, failed and refused."""

    key = "phone_codes"
    events = frozenset(WHAT)

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each."""
        yield Observation(dims(what=WHAT[event.name]))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many."""
        counts = counts_by(rollups, "what")
        return Figure(_("Phone codes"), str(counts.get("sent", 0)), _("sent"), rows_of(counts, LABELS))
