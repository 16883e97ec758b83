"""Is the person in the selfie the one on the ID card?"""

from realname import policy
from realname.queue import Queue
from registration.states import CaptureKind
from verification.checks.base import Context, Result, digest_of, failed, inconclusive, passed
from verification.checks.faces import only_face
from verification.engines import engines
from verification.engines.face import FaceThresholds
from verification.pictures import picture_of
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT, SAME_PICTURE_AT
from verification.states import CheckKind


class FaceMatch:
    """The portrait on the card against the selfie."""

    kind = CheckKind.FACE_MATCH
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Match, doubt, or no match, by the calibrated thresholds (P-REG-3)."""
        engine = engines().face
        card, selfie = context.capture(CaptureKind.DOCUMENT_FRONT), context.capture(CaptureKind.SELFIE)
        facts = {"engine": engine.name, "engine_version": engine.version, "input_digest": digest_of(card, selfie)}
        portrait, face = only_face(picture_of(card), largest=True), only_face(picture_of(selfie))
        if portrait is None or face is None:
            where, reason = (card, "PORTRAIT_NOT_FOUND") if portrait is None else (selfie, "FACE_NOT_FOUND")
            return inconclusive(reason, findings=[f"{where.kind}:no_single_face"], **facts)
        thresholds = FaceThresholds(match=policy.value(FACE_MATCH_AT), review=policy.value(FACE_REVIEW_AT))
        templates = (engine.embed(picture_of(card), portrait), engine.embed(picture_of(selfie), face))
        match = engine.compare(*templates, thresholds=thresholds)
        facts |= {"score": round(match.score, 4), "threshold": match.match_threshold}
        if match.score >= policy.value(SAME_PICTURE_AT):
            return failed("SAME_PICTURE", findings=["same_picture"], **facts)
        if match.verdict == "match":
            return passed(**facts)
        return inconclusive("FACE_UNCERTAIN", **facts) if match.verdict == "review" else failed("FACE_MISMATCH", **facts)
