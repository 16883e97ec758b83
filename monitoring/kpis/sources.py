"""How the outside authorities answer, and how long they were out of order."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims, duration
from verification.sources.order import SOURCES

ANSWER, OUTAGE = "answer", "outage"


class Sources:
    """Answers by source with the mean of their milliseconds, and outages that have ended with their length."""

    key = "sources"
    events = frozenset({"source.answered", "source.recovered"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each: milliseconds of an answer, seconds of an outage."""
        if event.name == "source.answered":
            yield Observation(dims(source=event.subject_id, what=ANSWER), value=event.data.get("milliseconds"))
        else:
            yield Observation(dims(source=event.subject_id, what=OUTAGE), value=event.data.get("seconds"))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many answers, and a line for each source."""
        answers, outages = _of(rollups, ANSWER), _of(rollups, OUTAGE)
        whole = sum(rollup.count for rollup in answers)
        rows = [_row(name, _of_source(answers, name), _of_source(outages, name), whole) for name in counts_by(rollups, "source")]
        meaning = _("%(count)d outages, %(time)s in all") % {"count": sum(each.count for each in outages), "time": duration(_sum(outages))}
        return Figure(_("Answers of authorities"), str(whole), meaning, rows)


def _of(rollups: list[Rollup], what: str) -> list[Rollup]:
    return [rollup for rollup in rollups if rollup.dimension("what") == what]


def _of_source(rollups: list[Rollup], source: str) -> list[Rollup]:
    return [rollup for rollup in rollups if rollup.dimension("source") == source]


def _sum(rollups: list[Rollup]) -> float:
    return float(sum(rollup.total for rollup in rollups))


def _row(source: str, answers: list[Rollup], outages: list[Rollup], whole: int) -> Row:
    count, measured = sum(each.count for each in answers), sum(each.measured for each in answers)
    text = _("%(count)d answers, %(mean)s; %(outages)d outages, %(time)s") % {
        "count": count,
        "mean": f"{_sum(answers) / measured:.0f} ms" if measured else "–",
        "outages": sum(each.count for each in outages),
        "time": duration(_sum(outages)),
    }
    return Row(SOURCES[source].label if source in SOURCES else source, text, round(100 * count / (whole or 1)))
