"""What a score means under a version of the policy. The checks judge by it, and a dry run judges what they measured again."""

from realname.policy import Snapshot
from registration.policy import LINE_LIMIT
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT, LIVENESS_AT, SAME_PICTURE_AT, SAME_PIXELS_AT
from verification.states import CheckStatus

Judged = tuple[CheckStatus, str]  # status, reason code
GOOD: Judged = (CheckStatus.PASSED, "")
# scores are judged as they are kept, so that what is kept is judged alike again
DIGITS = 4
PIXELS = "pixels"  # the measure of the face match beside its score: how alike the pixels are


def judge_face(score: float, pixels: float, policy: Snapshot) -> Judged:
    """Match, doubt, or no match, of selfie and card; or one picture used twice, by templates or by pixels (P-REG-3)."""
    if score >= policy.value(SAME_PICTURE_AT) or pixels >= policy.value(SAME_PIXELS_AT):
        return CheckStatus.FAILED, "SAME_PICTURE"
    if score >= policy.value(FACE_MATCH_AT):
        return GOOD
    if score >= policy.value(FACE_REVIEW_AT):
        return CheckStatus.INCONCLUSIVE, "FACE_UNCERTAIN"
    return CheckStatus.FAILED, "FACE_MISMATCH"


def judge_movements(selfie: float, card: float | None, policy: Snapshot) -> Judged:
    """The face of the movements against selfie and card (None: its document bears no portrait).

    Whether card and person agree is the face match's to say; here it only must not be passed over.
    """
    if selfie < policy.value(FACE_MATCH_AT):
        return CheckStatus.FAILED, "CHALLENGE_OTHER_FACE"
    if card is not None and card < policy.value(FACE_REVIEW_AT):
        return CheckStatus.INCONCLUSIVE, "CHALLENGE_CARD_DIFFERS"
    return GOOD


def judge_liveness(score: float, policy: Snapshot) -> Judged:
    """A live face, or a picture of a picture."""
    return GOOD if score >= policy.value(LIVENESS_AT) else (CheckStatus.FAILED, "LIVENESS_FAILED")


def judge_lines(held: float, policy: Snapshot) -> Judged:
    """One more line, or the limit is reached (R-13)."""
    return GOOD if held < policy.value(LINE_LIMIT) else (CheckStatus.FAILED, "LINE_LIMIT")
