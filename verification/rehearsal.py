"""The dry run of a policy: the last decided applications judged again by the draft and by its base, and what would flip (R-29, P-VER-7)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.policy import Snapshot
from realname.policy.rehearsal import Progress
from realname.policy.selectors import snapshot
from risk import policy as risk_policy
from risk.models import Score
from risk.rules import RULES
from verification.decision_table import PARAMETERS, Verdict
from verification.models import Check, Decision
from verification.policy import ROUNDS
from verification.reasons import for_staff
from verification.rejudge import AGAIN, Engines, NotKept, Round, measured_by, rejudge
from verification.states import Outcome

# how many rounds are read at once, and how many flips are kept one by one: all are counted
BATCH, LISTED = 100, 500
# what was measured and compared, without what it was compared from: `detail` stays sealed
FACTS = ("application_id", "round", "kind", "status", "reason", "findings", "score", "measures", "engine", "engine_version",
         "policy_version")  # fmt: skip

WHY: dict[str, Promise] = {
    "no_facts": _("Their checks or their risk score are not kept."),
    "no_score": _("What a check measured is not kept, and its threshold differs."),
    "no_count": _("How often a risk rule counted is kept only where it fired: whether it would fire now is not known."),
    "other_engine": _("They were measured by another engine, or another version of it: its scores can't be held to these thresholds."),
    "refused_at_activation": _("They were refused when lines were counted again at activation: that count is not kept."),
}


class DecisionRehearsal:
    """What `realname.policy.rehearsal` asks for."""

    def keys(self) -> frozenset[str]:
        """The thresholds of what was scored, the table's rows, the rounds, and all of risk."""
        risk = [risk_policy.MEDIUM_AT, risk_policy.HIGH_AT, risk_policy.CRITICAL_AT, risk_policy.REPEATED_FAILURES_DAYS]
        risk += [rule.points for rule in RULES] + [rule.fires_from for rule in RULES if rule.fires_from]
        thresholds = [parameter for again in AGAIN.values() for parameter in again.by]
        return frozenset(parameter.key for parameter in (*thresholds, *PARAMETERS.values(), ROUNDS, *risk))

    def run(self, *, before: Snapshot, after: Snapshot, wanted: int, progress: Progress) -> dict[str, Any] | None:
        """Judge the last automatic decision of each of the last `wanted` applications by both."""
        decisions = list(_last_decisions()[:wanted])
        versions, engines = cache(snapshot), _engines(decisions)
        judged, looked_at = Counter(), 0
        flips: list[dict[str, Any]] = []
        moves, unjudged = Counter(), Counter()
        for start in range(0, len(decisions), BATCH):
            if not progress(looked_at, len(decisions)):
                return None
            for kept in _rounds(decisions[start : start + BATCH]):
                looked_at += 1
                try:
                    old, new = (rejudge(kept, policy=policy, versions=versions, engines=engines) for policy in (before, after))
                except NotKept as missing:
                    unjudged[missing.code] += 1
                    continue
                judged["all"] += 1
                # the base is not what was decided by, for instance because it was published since
                judged["otherwise"] += old.outcome != kept.decision.outcome
                if old.outcome != new.outcome:
                    moves[str(old.outcome), str(new.outcome)] += 1
                    flips.append(_flip(kept.decision, old, new))
        return {
            "looked_at": looked_at,
            "judged": judged["all"],
            "decided_otherwise": judged["otherwise"],
            "flipped": moves.total(),
            "moves": [[old, new, count] for (old, new), count in moves.most_common()],
            "flips": flips[:LISTED],
            "unjudged": dict(unjudged),
        }

    def describe(self, result: dict[str, Any]) -> dict[str, Any]:
        """In words, with the way to each application."""
        return {
            **result,
            "moves": [{"old": Outcome(old).label, "new": Outcome(new).label, "count": count} for old, new, count in result["moves"]],
            "flips": [_described(flip) for flip in result["flips"]],
            "unjudged": [{"count": count, "why": WHY[code]} for code, count in result["unjudged"].items()],
        }


def _last_decisions() -> QuerySet[Decision]:
    """The newest automatic decision of every application, the newest application first."""
    later = Decision.objects.filter(application=OuterRef("application"), automatic=True, round__gt=OuterRef("round"))
    return Decision.objects.filter(~Exists(later), automatic=True).select_related("application").order_by("-decided_at")


def _rounds(decisions: Sequence[Decision]) -> Iterator[Round]:
    """The facts of these decisions, in three queries."""
    ids = [decision.application_id for decision in decisions]
    checks: dict[tuple, list[Check]] = defaultdict(list)
    for check in Check.objects.filter(application__in=ids).only(*FACTS):
        checks[check.application_id, check.round].append(check)
    scores = {(score.application_id, score.round): score for score in Score.objects.filter(application__in=ids)}
    for decision in decisions:
        of = decision.application_id, decision.round
        yield Round(decision, checks[of], scores.get(of))


def _engines(decisions: Sequence[Decision]) -> Engines:
    """The engine by which each kind of check measured last, among these applications."""
    ids = [decision.application_id for decision in decisions]
    measured = Check.objects.filter(application__in=ids, kind__in=AGAIN, score__isnull=False).order_by("kind", "-ended_at").distinct("kind")
    return {check.kind: measured_by(check) for check in measured.only(*FACTS)}


def _flip(decision: Decision, old: Verdict, new: Verdict) -> dict[str, Any]:
    return {
        "application": str(decision.application_id),
        "reference": decision.application.reference,
        "old": str(old.outcome),
        "new": str(new.outcome),
        "old_reasons": old.reasons,
        "new_reasons": new.reasons,
    }


def _described(flip: dict[str, Any]) -> dict[str, Any]:
    return {
        "reference": flip["reference"],
        "url": reverse("admin:registration_application_change", args=[flip["application"]]),
        "old": Outcome(flip["old"]).label,
        "new": Outcome(flip["new"]).label,
        "old_reasons": for_staff(flip["old_reasons"]),
        "new_reasons": for_staff(flip["new_reasons"]),
    }
