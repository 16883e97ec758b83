"""What a grade would have been under another version of the policy, by what is kept of it: nothing is counted anew.

Kept is what fired, with its count. Of a rule that did not fire only that it stayed below its threshold then is known, and of one
that was switched off nothing: then the grade lies between the one without it and the one with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from realname.policy import Parameter, Snapshot
from risk import policy
from risk.levels import level_of
from risk.models import Score
from risk.rules import RULES
from risk.rules.base import Context, Rule
from risk.rules.failed_checks import FailedChecks
from risk.rules.spoof_signs import SpoofSigns
from risk.states import RiskLevel

# these count the checks of the round, which are at hand
OF_CHECKS = (FailedChecks, SpoofSigns)
# and this counts over a span that policy sets: with another span the count is another
SPANS: dict[str, Parameter[int]] = {"REPEATED_FAILURES": policy.REPEATED_FAILURES_DAYS}


@dataclass(frozen=True)
class Regrade:
    """The lowest and the highest level it can have been, and the rules of which not enough is kept."""

    lowest: RiskLevel
    highest: RiskLevel
    unknown: tuple[str, ...]


def regrade(score: Score, *, checks: Mapping[str, tuple[str, str]], then: Snapshot, now: Snapshot) -> Regrade:
    """Grade again by `now`; `then` is the version the score was given under, `checks` maps a kind to (status, reason)."""
    context = Context(application=score.application, checks=dict(checks), now=score.graded_at, policy=now)
    sure, unknown = 0, {}
    for rule in RULES:
        points = now.value(rule.points)
        fires = _fires(rule, score, context, then) if points else False
        if fires is None:
            unknown[rule.code] = points
        elif fires:
            sure += points
    return Regrade(level_of(sure, now), level_of(sure + sum(unknown.values()), now), tuple(unknown))


def _fires(rule: Rule, score: Score, context: Context, then: Snapshot) -> bool | None:
    """Would it fire? None: what is kept does not say."""
    now = context.policy
    if isinstance(rule, OF_CHECKS):
        return rule.weigh(context) is not None
    span = SPANS.get(rule.code)
    if span and now.value(span) != then.value(span):
        return None
    hit = next((hit for hit in score.hits if hit["code"] == rule.code), None)
    if hit:
        return rule.fires_from is None or hit["count"] >= now.value(rule.fires_from)
    if not then.value(rule.points):
        return None
    # it stayed below the threshold of then: below a higher one, too
    return False if rule.fires_from is None or now.value(rule.fires_from) >= then.value(rule.fires_from) else None
