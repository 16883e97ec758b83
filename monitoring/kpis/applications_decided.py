"""How applications end, and who decided."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from monitoring.kpis.base import Event, Figure, Observation, Rollup, Row, Starts, counts_by, dims, percent
from verification.states import Outcome

BY = {"rules": _("%(outcome)s, by rule"), "reviewer": _("%(outcome)s, by a reviewer")}


class ApplicationsDecided:
    """Decisions by outcome: those of the rules that needed no reviewer, and those of reviewers."""

    key = "applications_decided"
    events = frozenset({"application.decided", "review.closed"})

    def observe(self, event: Event, starts: Starts) -> Iterable[Observation]:
        """One each; that the rules call a reviewer is not a decision yet."""
        outcome = event.data.get("outcome")
        if outcome != Outcome.REVIEW:
            yield Observation(dims(outcome=outcome, by="reviewer" if event.name == "review.closed" else "rules"))

    def figure(self, rollups: list[Rollup]) -> Figure:
        """How many, by outcome and by whom."""
        whole = sum(rollup.count for rollup in rollups)
        outcomes, rows = dict(Outcome.choices), []
        for outcome in counts_by(rollups, "outcome"):
            for by, count in counts_by([each for each in rollups if each.dimension("outcome") == outcome], "by").items():
                label = BY.get(by, BY["rules"]) % {"outcome": outcomes.get(outcome, outcome)}
                rows.append(Row(label, str(count), round(100 * count / (whole or 1))))
        approved = counts_by(rollups, "outcome").get(str(Outcome.APPROVE), 0)
        meaning = _("%(share)s approved") % {"share": percent(approved, whole)}
        return Figure(_("Applications decided"), str(whole), meaning, rows)
