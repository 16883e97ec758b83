"""Whether codes reach people, by channel and cause, and are entered right (P-PAR-2)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims, percent, rows_of
from registration.states import Channel, FailureCause

WHAT = {
    f"{code}.{verb}": verb for code in ("phone_code", "sign_in_code") for verb in ("sent", "arrived", "failed", "refused")
} | {"phone_code.issued_on_paper": "issued_on_paper"}  # fmt: skip
LABELS = {
    "sent": _("Sent"),
    "arrived": _("Arrived, as the network says"),
    "failed": _("Did not arrive"),
    "refused": _("Entered wrong or late"),
    "issued_on_paper": _("Handed over on paper"),
}


class PhoneCodes:
    """One-time codes sent, arrived, failed and refused."""

    key = "phone_codes"
    events = frozenset(WHAT)

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each; of those that failed with the cause."""
        what, channel = WHAT[event.name], event.data.get("channel")
        if what == "failed":
            yield Observation(dims(what=what, channel=channel, cause=event.reason))
        elif channel:
            yield Observation(dims(what=what, channel=channel))
        else:
            yield Observation(dims(what=what))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many; how many of each channel arrived; and why others did not."""
        counts = counts_by(rollups, "what")
        rows = [*rows_of(counts, LABELS), *self._by_channel(rollups), *self._by_cause(rollups)]
        return Figure(_("Phone codes"), str(counts.get("sent", 0)), _("sent"), rows)

    def _by_channel(self, rollups: list[Rollup]) -> list[Row]:
        sent, arrived = (counts_by(_that(rollups, what), "channel") for what in ("sent", "arrived"))
        label = _("%(channel)s: arrived of those sent")
        return [
            Row(label % {"channel": Channel(each).label}, percent(arrived.get(each, 0), sent[each])) for each in sent if each in Channel
        ]

    def _by_cause(self, rollups: list[Rollup]) -> list[Row]:
        causes = counts_by(_that(rollups, "failed"), "cause")
        return rows_of(causes, dict(FailureCause.choices) | {"unknown": FailureCause.UNKNOWN.label})


def _that(rollups: list[Rollup], what: str) -> list[Rollup]:
    return [rollup for rollup in rollups if rollup.dimension("what") == what]
