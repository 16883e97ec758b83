"""A round judged again under another version of the policy, by what is kept of it: scores, reasons, counts. Nothing personal is opened.

What does not follow from what is kept raises NotKept, and is counted as not judged: never guessed, never passed over.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from realname.policy import Parameter, Snapshot
from registration.policy import LINE_LIMIT
from risk.models import Score
from risk.regrade import regrade
from verification.decision_table import Verdict, judge
from verification.models import Check, Decision
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT, LIVENESS_AT, ROUNDS, SAME_PICTURE_AT, SAME_PIXELS_AT
from verification.states import CheckKind, CheckStatus
from verification.thresholds import PIXELS, Judged, judge_face, judge_lines, judge_liveness, judge_movements

Engine = tuple[str, str]  # name, version
Engines = Mapping[str, Engine]  # by kind of check
Versions = Callable[[int], Snapshot]  # the version of that number


class NotKept(Exception):
    """What is kept does not say how it would have been judged; `code` is a key of verification/rehearsal.py WHY."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Again:
    """How a kind of check is judged again: the reasons that hang on a threshold ("": passed), by which parameters, from what."""

    reasons: frozenset[str]
    by: tuple[Parameter, ...]
    judged: Callable[[Check, Snapshot], Judged]


def _of_score(judged: Callable[[float, Snapshot], Judged]) -> Callable[[Check, Snapshot], Judged]:
    def again(check: Check, policy: Snapshot) -> Judged:
        if check.score is None:
            raise NotKept("no_score")
        return judged(check.score, policy)

    return again


def _of_faces(check: Check, policy: Snapshot) -> Judged:
    if check.score is None or PIXELS not in check.measures:
        raise NotKept("no_score")
    return judge_face(check.score, check.measures[PIXELS], policy)


def _of_movements(check: Check, policy: Snapshot) -> Judged:
    if "selfie" not in check.measures:
        raise NotKept("no_score")
    return judge_movements(check.measures["selfie"], check.measures.get("card"), policy)


# what is not named here stays as it is: no policy decided it
AGAIN: dict[str, Again] = {
    CheckKind.FACE_MATCH: Again(
        frozenset({"", "SAME_PICTURE", "FACE_UNCERTAIN", "FACE_MISMATCH"}),
        (FACE_MATCH_AT, FACE_REVIEW_AT, SAME_PICTURE_AT, SAME_PIXELS_AT),
        _of_faces,
    ),
    CheckKind.LIVENESS_PASSIVE: Again(frozenset({"", "LIVENESS_FAILED"}), (LIVENESS_AT,), _of_score(judge_liveness)),
    CheckKind.LIVENESS_ACTIVE: Again(
        frozenset({"", "CHALLENGE_OTHER_FACE", "CHALLENGE_CARD_DIFFERS"}), (FACE_MATCH_AT, FACE_REVIEW_AT), _of_movements
    ),
    CheckKind.LINE_LIMIT: Again(frozenset({"", "LINE_LIMIT"}), (LINE_LIMIT,), _of_score(judge_lines)),
}


@dataclass(frozen=True)
class Round:
    """A decided round as it is kept."""

    decision: Decision
    checks: Sequence[Check]
    score: Score | None


def rejudge(kept: Round, *, policy: Snapshot, versions: Versions, engines: Engines) -> Verdict:
    """What the table would have said; `engines` names the engine by which each kind of check measures now. Raises NotKept."""
    decision = kept.decision
    if not kept.checks or kept.score is None:
        raise NotKept("no_facts")
    if "LINE_LIMIT" in decision.reasons and all(check.reason != "LINE_LIMIT" for check in kept.checks):
        # refused at activation, when lines were counted once more under a lock: that count is kept nowhere
        raise NotKept("refused_at_activation")
    again = [_rejudged(check, policy, _then(check, decision, versions), engines) for check in kept.checks]
    codes = {check.kind: (check.status, check.reason) for check in again}
    grades = regrade(kept.score, checks=codes, then=versions(kept.score.policy_version), now=policy)
    lowest, highest = (_verdict(decision, again, level, policy) for level in (grades.lowest, grades.highest))
    if lowest.outcome != highest.outcome:
        raise NotKept("no_count")
    return lowest


def _then(check: Check, decision: Decision, versions: Versions) -> Snapshot:
    return versions(decision.policy_version if check.policy_version is None else check.policy_version)


def _verdict(decision: Decision, checks: Sequence[Check], level: str, policy: Snapshot) -> Verdict:
    kinds = {check.kind for check in checks}
    # a check that had no row at all was "not checked" then, and is now
    lost = "NOT_CHECKED" in decision.reasons and all(check.reason != "NOT_CHECKED" for check in checks)
    return judge(
        checks,
        policy=policy,
        risk_level=level,
        rounds_left=policy.value(ROUNDS) - decision.round,
        handed_on=decision.handed_on,
        needed=kinds | {"lost"} if lost else kinds,
    )


def _rejudged(check: Check, policy: Snapshot, then: Snapshot, engines: Engines) -> Check:
    """A copy of the check as it would have ended; the check itself where nothing that it was judged by differs."""
    again = AGAIN.get(check.kind)
    if again is None or check.reason not in again.reasons or check.status == CheckStatus.ERROR:
        return check
    if all(policy.value(parameter) == then.value(parameter) for parameter in again.by):
        return check
    if check.reason == "LIVENESS_FAILED" and check.score is None:
        # a card shown in place of a person is seen, not scored
        return check
    other = copy.copy(check)
    other.status, other.reason = again.judged(check, policy)
    if engines.get(check.kind, measured_by(check)) != measured_by(check):
        raise NotKept("other_engine")
    return other


def measured_by(check: Check) -> Engine:
    """Scores of another engine, or of another version of it, lie on another scale."""
    return check.engine, check.engine_version
