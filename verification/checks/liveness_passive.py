"""Is the selfie of a live face, or a picture of a picture? (ISO/IEC 30107-3)"""

from realname import policy
from realname.queue import Queue
from registration.models import Capture
from registration.states import CaptureKind
from verification.checks.base import Context, Result, failed, inconclusive
from verification.checks.card_shown import DOCUMENT_SHOWN, shows_card
from verification.engines import engines
from verification.engines.face.one_face import several
from verification.pictures import picture_of
from verification.policy import LIVENESS_AT
from verification.states import CheckKind
from verification.thresholds import DIGITS, judge_liveness


class LivenessPassive:
    """A screening signal: failing it vetoes the face match and brings a reviewer, passing it proves little by itself (R-40).

    What fails it: a card in the picture, the model, or any of the engine's cues; the findings say which.
    """

    kind = CheckKind.LIVENESS_PASSIVE
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Judge the one face of the selfie. No face, or no telling which, is "not checked", never a pass."""
        engine, selfie = engines().liveness, context.capture(CaptureKind.SELFIE)
        facts = {"engine": engine.name, "engine_version": engine.version, "input_digest": selfie.digest}
        if _is_of_a_card(selfie):
            return failed("LIVENESS_FAILED", findings=[DOCUMENT_SHOWN], **facts)
        picture = picture_of(selfie)
        faces = engines().face.detect(picture)
        if not faces:
            return inconclusive("FACE_NOT_FOUND", findings=[f"{selfie.kind}:no_face"], **facts)
        if several(faces):
            return inconclusive("SEVERAL_FACES", findings=[f"{selfie.kind}:several_faces"], **facts)
        liveness = engine.judge(picture, faces[0], threshold=policy.value(LIVENESS_AT))
        facts |= {"score": round(liveness.score, DIGITS), "threshold": liveness.threshold}
        status, reason = judge_liveness(facts["score"], policy.current())
        return Result(status=status, reason=reason, findings=[cue.code for cue in liveness.found], **facts)


def _is_of_a_card(selfie: Capture) -> bool:
    """As the first look found, which is not done again; where there was none, it is made up for here."""
    if selfie.read_at and "not_looked_at" not in selfie.findings:
        return DOCUMENT_SHOWN in selfie.findings
    picture = picture_of(selfie)
    return shows_card(picture, engines().face.detect(picture))
