"""The decision table: what the checks, the risk level and the round together mean. Data first; read it top down.

Every failure has a row; the gravest outcome that any check calls for wins. No row lets an application pass that was not
wholly checked, and none refuses for what is not the person's doing (P-VER-6). Compliance may make a row milder, by bringing a
person in, and back: an approval can't be chosen for what failed, nor a refusal where the table does not refuse by itself (R-29).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter, Snapshot, section
from registration.selectors import DETAILS_OF
from registration.states import CaptureKind, Party
from risk.states import RiskLevel
from verification.models import Check
from verification.reasons import REASONS
from verification.states import CheckKind, CheckStatus, Outcome

# reason → outcome by default; a reason not named here is for a person to judge
OUTCOMES: dict[str, Outcome] = {
    # refused: the law or arithmetic leaves no choice; a person may still be asked for
    "NUMBER_INVALID": Outcome.REJECT,
    "DOCUMENT_EXPIRED": Outcome.REJECT,
    "FACE_MISMATCH": Outcome.REJECT,
    "LINE_LIMIT": Outcome.REJECT,
    "ALREADY_REGISTERED": Outcome.REJECT,
    "ORGANISATION_LIMIT": Outcome.REJECT,
    # it may pass: a reviewer approves once the organisation is reinstated
    "ORGANISATION_NOT_APPROVED": Outcome.REVIEW,
    # the person can mend it: only the named item is asked for again
    "PHOTO_UNUSABLE": Outcome.RESUBMIT,
    "DOCUMENT_UNREADABLE": Outcome.RESUBMIT,
    "ZONE_UNREADABLE": Outcome.RESUBMIT,
    "FACE_NOT_FOUND": Outcome.RESUBMIT,
    "SEVERAL_FACES": Outcome.RESUBMIT,
    "PRINTED_FACE": Outcome.RESUBMIT,
    "PORTRAIT_NOT_FOUND": Outcome.RESUBMIT,
    # a person looks: the movements were tried again while the person was there, as often as that is allowed
    "CHALLENGE_NOT_DONE": Outcome.REVIEW,
    "CHALLENGE_REPLAYED": Outcome.REVIEW,
    "CHALLENGE_SPLICED": Outcome.REVIEW,
    "CHALLENGE_SWAPPED": Outcome.REVIEW,
    "CHALLENGE_OTHER_FACE": Outcome.REVIEW,
    "CHALLENGE_CARD_DIFFERS": Outcome.REVIEW,
    "CHALLENGE_NOT_COMPARED": Outcome.REVIEW,
    "CHALLENGE_MISSING": Outcome.REVIEW,
    # the file can be mended: it is asked for again
    "CHALLENGE_UNREADABLE": Outcome.RESUBMIT,
    # the authority can not read what was entered: the person corrects it
    "INPUT_INVALID_ID": Outcome.RESUBMIT,
    "INPUT_INVALID_NAME": Outcome.RESUBMIT,
}
# which item each resubmission asks for
ITEMS: dict[CheckKind, tuple[CaptureKind, ...]] = {
    CheckKind.DOCUMENT_QUALITY: (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK),
    CheckKind.OCR_FRONT: (CaptureKind.DOCUMENT_FRONT,),
    CheckKind.OCR_BACK: (CaptureKind.DOCUMENT_BACK,),
    CheckKind.MRZ: (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK),
    CheckKind.FACE_MATCH: (CaptureKind.DOCUMENT_FRONT, CaptureKind.REPRESENTATIVE_FRONT, CaptureKind.SELFIE),  # its findings name one
    CheckKind.LIVENESS_PASSIVE: (CaptureKind.SELFIE,),
    CheckKind.LIVENESS_ACTIVE: (CaptureKind.CHALLENGE,),
}
# where the reason, not the check, says what to ask for
ITEMS_OF_REASON: dict[str, tuple[str, ...]] = {"INPUT_INVALID_ID": ("details",), "INPUT_INVALID_NAME": ("details",)}
# Liveness vetoes the match: where nobody live was before the camera, what the selfie matches means nothing.
_MATCH = frozenset({"FACE_MISMATCH", "FACE_UNCERTAIN", "SAME_PICTURE", "PRINTED_FACE"})
VETOES: dict[str, frozenset[str]] = {
    "LIVENESS_FAILED": _MATCH,
    "CHALLENGE_NOT_DONE": _MATCH,
    "CHALLENGE_REPLAYED": _MATCH,
    "CHALLENGE_SPLICED": _MATCH,
    "CHALLENGE_SWAPPED": _MATCH,
    "CHALLENGE_OTHER_FACE": _MATCH,
}
# what the table says by default → what compliance may choose between; where that is one thing there is nothing to set
CHOICES: dict[Outcome, tuple[Outcome, ...]] = {
    Outcome.REJECT: (Outcome.REJECT, Outcome.REVIEW),
    Outcome.RESUBMIT: (Outcome.RESUBMIT, Outcome.REVIEW),
    Outcome.REVIEW: (Outcome.REVIEW,),
}
section("verification.outcome", _("Decision table"))
PARAMETERS: dict[str, Parameter[str]] = {
    reason: Parameter(
        key=f"verification.outcome.{reason.lower()}",
        type=str,
        default=str(outcome),
        choices=tuple(str(choice) for choice in CHOICES[outcome]),
        names={str(choice): choice.label for choice in CHOICES[outcome]},
        label=REASONS[reason].staff,
        source="R-29, P-VER-6",
    )
    for reason, outcome in OUTCOMES.items()
    if len(CHOICES[outcome]) > 1
}
GRAVITY = (Outcome.REJECT, Outcome.RESUBMIT, Outcome.REVIEW, Outcome.APPROVE)


@dataclass(frozen=True)
class Verdict:
    """What the table says: `reasons` gravest first, `items` only for a resubmission."""

    outcome: Outcome
    reasons: list[str]
    items: list[str]


def judge(
    checks: Collection[Check],
    *,
    policy: Snapshot,
    risk_level: str,
    rounds_left: int,
    handed_on: Collection[str] = (),
    needed: Collection[str] = (),
) -> Verdict:
    """Judge ended checks. One of the kinds `needed` that has no row was not checked.

    `rounds_left` is how often the person may still be asked again; `handed_on` names the captures that were refused at the first
    look until the person was allowed to hand them on to a reviewer (P-REG-7): those are not asked for again.
    """
    bad = [check for check in checks if check.status != CheckStatus.PASSED]
    vetoed = frozenset().union(*(VETOES.get(check.reason, frozenset()) for check in bad))
    asked = [(outcome_of(check, policy), check) for check in bad if check.reason not in vetoed]
    calls = [(outcome, check.reason) for outcome, check in asked]
    if risk_level in RiskLevel.needs_review():
        calls.append((Outcome.REVIEW, "RISK_HIGH"))
    if not checks or set(needed) - {check.kind for check in checks}:
        calls.append((Outcome.REVIEW, "NOT_CHECKED"))
    outcome = next((outcome for outcome in GRAVITY if any(call == outcome for call, _reason in calls)), Outcome.APPROVE)
    if outcome == Outcome.APPROVE:
        return Verdict(Outcome.APPROVE, ["APPROVED"], [])
    ordered = sorted(calls, key=lambda call: GRAVITY.index(call[0]))
    reasons = list(dict.fromkeys(reason for _outcome, reason in ordered))
    items = _items(check for call, check in asked if call == Outcome.RESUBMIT) if outcome == Outcome.RESUBMIT else []
    if items and rounds_left > 0 and not set(items) & set(handed_on):
        return Verdict(Outcome.RESUBMIT, reasons, items)
    return Verdict(Outcome.REVIEW if outcome == Outcome.RESUBMIT else outcome, reasons, [])


def outcome_of(check: Check, policy: Snapshot) -> Outcome:
    """What one check that did not pass calls for.

    Not checked (`error`) is a person's to judge; doubtful (`inconclusive`) never refuses, but may ask again.
    """
    called = _row(check.reason, policy)
    if check.status == CheckStatus.FAILED or (check.status == CheckStatus.INCONCLUSIVE and called == Outcome.RESUBMIT):
        return called
    return Outcome.REVIEW


def _row(reason: str, policy: Snapshot) -> Outcome:
    parameter = PARAMETERS.get(reason)
    return Outcome(policy.value(parameter)) if parameter else OUTCOMES.get(reason, Outcome.REVIEW)


def _item_of(party: Party, item: str) -> str:
    """The same item of this party: their side or page, or their details."""
    return DETAILS_OF[party] if item == DETAILS_OF[Party.PRINCIPAL] else str(CaptureKind(item).of(party))


def _items(checks: Iterable[Check]) -> list[str]:
    """The captures to ask for: where a check looks at several, only those its findings name (`document_front:blur`)."""
    items: list[str] = []
    for check in checks:
        kind = CheckKind(check.kind)
        wanted = [_item_of(kind.party, item) for item in ITEMS_OF_REASON.get(check.reason) or ITEMS.get(kind.plain, ())]
        named = [kind for kind in wanted if any(finding.startswith(f"{kind}:") for finding in check.findings)]
        items += named or wanted
    return list(dict.fromkeys(items))
