"""Is the person in the selfie the one on the ID card?"""

from typing import Any

from realname import policy
from realname.queue import Queue
from registration.states import CaptureKind
from verification.checks.base import Context, Result, digest_of, inconclusive
from verification.checks.faces import printed_beside
from verification.engines import engines
from verification.engines.base import FaceMatch as Comparison
from verification.engines.face.one_face import second_face, several
from verification.engines.face.same_picture import picture_likeness
from verification.engines.face.sface import FaceThresholds
from verification.pictures import picture_of, upright_card
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT
from verification.states import CheckKind
from verification.thresholds import DIGITS, PIXELS, judge_face


class FaceMatch:
    """The portrait of the document against the selfie. Only of types that have one."""

    kind = CheckKind.FACE_MATCH
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Match, doubt, or no match, by the calibrated thresholds (P-REG-3). Without its one face nothing was compared."""
        engine = engines().face
        card, selfie = context.portrait(), context.capture(CaptureKind.SELFIE)
        facts = {"engine": engine.name, "engine_version": engine.version, "input_digest": digest_of(card, selfie)}
        # the largest: some cards carry a smaller ghost of the portrait
        photograph = upright_card(card)
        portrait = next(iter(engine.detect(photograph)), None)
        if portrait is None:
            return inconclusive("PORTRAIT_NOT_FOUND", findings=[f"{card.kind}:no_face"], **facts)
        faces = engine.detect(picture_of(selfie))
        if not faces:
            return inconclusive("FACE_NOT_FOUND", findings=[f"{selfie.kind}:no_face"], **facts)
        if printed_beside(picture_of(selfie), faces):
            return inconclusive("PRINTED_FACE", findings=[f"{selfie.kind}:printed_face"], **facts)
        if several(faces):
            return inconclusive("SEVERAL_FACES", findings=[f"{selfie.kind}:several_faces"], **facts)
        # somebody far behind is no reason to refuse, but a reviewer should know
        beside = [f"{selfie.kind}:second_face"] if second_face(faces).found else []
        templates = (engine.embed(photograph, portrait), engine.embed(picture_of(selfie), faces[0]))
        thresholds = FaceThresholds(match=policy.value(FACE_MATCH_AT), review=policy.value(FACE_REVIEW_AT))
        likeness = picture_likeness(photograph, portrait, picture_of(selfie), faces[0])
        return _judged(engine.compare(*templates, thresholds=thresholds), likeness, findings=beside, **facts)


def _judged(match: Comparison, likeness: float, *, findings: list[str], **facts: Any) -> Result:
    score, pixels = round(match.score, DIGITS), round(likeness, DIGITS)
    status, reason = judge_face(score, pixels, policy.current())
    same = ["same_picture"] if reason == "SAME_PICTURE" else []
    facts |= {"threshold": match.match_threshold, "measures": {PIXELS: pixels}, "findings": [*same, *findings]}
    return Result(status=status, reason=reason, score=score, **facts)
