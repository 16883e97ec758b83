"""The decision table: what the checks, the risk level and the round together mean. Data first; read it top down.

Every failure has a row; the gravest outcome that any check calls for wins. No row lets an application pass that was not
wholly checked, and none refuses for what is not the person's doing (P-VER-6).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from risk.states import RiskLevel

from registration.states import CaptureKind
from verification.models import Check
from verification.states import CheckKind, CheckStatus, Outcome

# reason → outcome; a reason not named here is for a person to judge
OUTCOMES: dict[str, Outcome] = {
    # refused: the law or arithmetic leaves no choice; a person may still be asked for
    "NUMBER_INVALID": Outcome.REJECT,
    "DOCUMENT_EXPIRED": Outcome.REJECT,
    "FACE_MISMATCH": Outcome.REJECT,
    "LINE_LIMIT": Outcome.REJECT,
    "ALREADY_REGISTERED": Outcome.REJECT,
    # the person can mend it: only the named item is asked for again
    "PHOTO_UNUSABLE": Outcome.RESUBMIT,
    "DOCUMENT_UNREADABLE": Outcome.RESUBMIT,
    "FACE_NOT_FOUND": Outcome.RESUBMIT,
}
# which item each resubmission asks for
ITEMS: dict[CheckKind, tuple[CaptureKind, ...]] = {
    CheckKind.DOCUMENT_QUALITY: (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK),
    CheckKind.OCR_FRONT: (CaptureKind.DOCUMENT_FRONT,),
    CheckKind.OCR_BACK: (CaptureKind.DOCUMENT_BACK,),
    CheckKind.FACE_MATCH: (CaptureKind.SELFIE,),
    CheckKind.LIVENESS_PASSIVE: (CaptureKind.SELFIE,),
}
# Liveness vetoes the match: where the selfie is not live, what it matches means nothing.
VETOES: dict[str, frozenset[str]] = {"LIVENESS_FAILED": frozenset({"FACE_MISMATCH", "FACE_UNCERTAIN"})}
GRAVITY = (Outcome.REJECT, Outcome.RESUBMIT, Outcome.REVIEW, Outcome.APPROVE)


@dataclass(frozen=True)
class Verdict:
    """What the table says: `reasons` gravest first, `items` only for a resubmission."""

    outcome: Outcome
    reasons: list[str]
    items: list[str]


def judge(checks: Iterable[Check], *, risk_level: str, rounds_left: int) -> Verdict:
    """Judge ended checks. `rounds_left` is how often the person may still be asked again."""
    bad = [check for check in checks if check.status != CheckStatus.PASSED]
    vetoed = frozenset().union(*(VETOES.get(check.reason, frozenset()) for check in bad))
    calls = [(outcome_of(check), check) for check in bad if check.reason not in vetoed]
    if risk_level in RiskLevel.needs_review():
        calls.append((Outcome.REVIEW, None))
    outcome = next((outcome for outcome in GRAVITY if any(call == outcome for call, _ in calls)), Outcome.APPROVE)
    if outcome == Outcome.APPROVE:
        return Verdict(Outcome.APPROVE, ["APPROVED"], [])
    ordered = sorted(calls, key=lambda call: GRAVITY.index(call[0]))
    reasons = list(dict.fromkeys(check.reason if check else "RISK_HIGH" for _, check in ordered))
    if outcome == Outcome.RESUBMIT and rounds_left > 0:
        return Verdict(Outcome.RESUBMIT, reasons, _items(check for call, check in ordered if call == Outcome.RESUBMIT))
    return Verdict(Outcome.REVIEW if outcome == Outcome.RESUBMIT else outcome, reasons, [])


def outcome_of(check: Check) -> Outcome:
    """What one check that did not pass calls for.

    Not checked (`error`) is a person's to judge; doubtful (`inconclusive`) never refuses, but may ask again.
    """
    called = OUTCOMES.get(check.reason, Outcome.REVIEW)
    if check.status == CheckStatus.FAILED or (check.status == CheckStatus.INCONCLUSIVE and called == Outcome.RESUBMIT):
        return called
    return Outcome.REVIEW


def _items(checks: Iterable[Check]) -> list[str]:
    """The captures to ask for: of the document quality only the sides that were found bad."""
    items: list[str] = []
    for check in checks:
        wanted = [str(kind) for kind in ITEMS.get(CheckKind(check.kind), ())]
        named = [kind for kind in wanted if any(finding.startswith(f"{kind}:") for finding in check.findings)]
        items += named or wanted
    return list(dict.fromkeys(items))
