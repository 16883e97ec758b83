"""Is the selfie of a live face, or a picture of a picture? (ISO/IEC 30107-3)"""

from realname import policy
from realname.queue import Queue
from registration.states import CaptureKind
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.checks.faces import only_face
from verification.engines import engines
from verification.engines.quality import VERSION, examine_selfie
from verification.pictures import picture_of
from verification.policy import LIVENESS_AT
from verification.states import CheckKind


class LivenessPassive:
    """A screening signal: failing it vetoes the face match and brings a reviewer, passing it proves little by itself (R-40).

    Three cues, any of which fails it: a card in the picture; the model, which sees prints; and the colour ripple that a screen's
    pixels leave, which the model passes (of 24 simulated screens it took 23 for live faces).
    """

    kind = CheckKind.LIVENESS_PASSIVE
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Judge the one face of the selfie. No face is "not checked", never a pass."""
        engine, selfie = engines().liveness, context.capture(CaptureKind.SELFIE)
        facts = {"engine": engine.name, "engine_version": engine.version, "input_digest": selfie.digest}
        picture = picture_of(selfie)
        if engines().document.shows_card(picture):
            return failed("LIVENESS_FAILED", findings=["document_shown"], **facts)
        face = only_face(picture)
        if face is None:
            return inconclusive("FACE_NOT_FOUND", findings=[f"{selfie.kind}:no_single_face"], **facts)
        liveness = engine.judge(picture, face, threshold=policy.value(LIVENESS_AT))
        facts |= {"score": round(liveness.score, 4), "threshold": liveness.threshold}
        ripple = next((finding for finding in examine_selfie(picture, (face,)) if finding.code == "recapture" and finding.found), None)
        if ripple is not None:
            facts |= {"engine": "colour ripple", "engine_version": VERSION, "score": ripple.score, "threshold": ripple.threshold}
            return failed("LIVENESS_FAILED", findings=["recapture"], **facts)
        return passed(**facts) if liveness.live else failed("LIVENESS_FAILED", **facts)
