"""How the checks come out, and how long they take."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims, percent
from verification.states import CheckKind, CheckStatus


class Checks:
    """Ended checks by kind and result, with the mean of their milliseconds."""

    key = "checks"
    events = frozenset({"check.completed"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each; one that gave up has no time."""
        milliseconds = event.data.get("milliseconds")
        yield Observation(dims(kind=event.data.get("kind"), status=event.data.get("status")), value=milliseconds)

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many, and a line for each kind: passed, failed, to be judged, not checked, mean time."""
        whole = sum(rollup.count for rollup in rollups)
        errors = counts_by(rollups, "status").get(str(CheckStatus.ERROR), 0)
        labels, rows = dict(CheckKind.choices), []
        for kind, count in counts_by(rollups, "kind").items():
            rows.append(_row(labels.get(kind, kind), count, [each for each in rollups if each.dimension("kind") == kind]))
        meaning = _("%(share)s could not be done") % {"share": percent(errors, whole)}
        return Figure(_("Checks"), str(whole), meaning, rows)


def _row(label: object, count: int, rollups: list[Rollup]) -> Row:
    by = counts_by(rollups, "status")
    measured, total = sum(each.measured for each in rollups), sum(each.total for each in rollups)
    text = _("%(passed)d passed, %(failed)d failed, %(inconclusive)d to judge, %(error)d not checked, %(mean)s") % {
        "passed": by.get("passed", 0),
        "failed": by.get("failed", 0),
        "inconclusive": by.get("inconclusive", 0),
        "error": by.get("error", 0),
        "mean": f"{total / measured:.0f} ms" if measured else "–",
    }
    return Row(label, text, round(100 * by.get("passed", 0) / count))
