"""Did the person do what was asked, before the camera, just now? (R-40, P-REG-3)"""

import numpy as np

from realname import policy
from realname.queue import Queue
from registration.states import CaptureKind
from verification.challenge import REPLAYED, STALE, UNREADABLE, Reading, clearest_picture, reading_of
from verification.checks.base import Context, Result, failed, inconclusive
from verification.engines import engines
from verification.engines.base import Face
from verification.engines.face.one_face import several
from verification.engines.face.sface import FaceThresholds
from verification.pictures import picture_of, upright_card
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT
from verification.states import CheckKind
from verification.thresholds import DIGITS, judge_movements

# what the engine says → the reason of the check; whatever else it says is that the movements were not done
REASONS = {
    REPLAYED: "CHALLENGE_REPLAYED",
    STALE: "CHALLENGE_REPLAYED",
    UNREADABLE: "CHALLENGE_UNREADABLE",
    "spliced": "CHALLENGE_SPLICED",
    "frozen": "CHALLENGE_SPLICED",
    "face_changed": "CHALLENGE_SWAPPED",
    "several_faces": "CHALLENGE_SWAPPED",
    "face_lost": "CHALLENGE_SWAPPED",
}
NOT_DONE = "CHALLENGE_NOT_DONE"


class LivenessActive:
    """The movements that were asked for, in their order and at their time, by the one person of selfie and card.

    It stops photographs, films made before, cuts and swaps. It can't stop pictures made up while the steps are shown
    (docs/engines/active.md): with passive liveness and the match it is one of three cues.
    """

    kind = CheckKind.LIVENESS_ACTIVE
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Judge the answer as it came, then compare its clearest face with selfie and card."""
        capture = context.captures.get(CaptureKind.CHALLENGE)
        if capture is None or capture.challenge is None:
            # compliance began to ask for it after this application was handed in
            return inconclusive("CHALLENGE_MISSING", engine=engines().active.name)
        reading = reading_of(capture)
        facts = {
            "engine": reading["engine"],
            "engine_version": reading["engine_version"],
            "score": reading["likeness"],
            "threshold": reading["threshold"],
            "findings": _findings(reading),
            "detail": reading,
            "input_digest": capture.digest,
        }
        if not reading["passed"]:
            return failed(REASONS.get(reading["reason"], NOT_DONE), **facts)
        return self._compare(context, clearest_picture(capture, reading), facts)

    def _compare(self, context: Context, picture: np.ndarray, facts: dict) -> Result:
        """The face of the movements against that of the selfie, and of the card."""
        engine = engines().face
        limits = FaceThresholds(match=policy.value(FACE_MATCH_AT), review=policy.value(FACE_REVIEW_AT))
        face, others = _only_face(picture), {}
        pictures, shown = {CaptureKind.SELFIE: picture_of(context.capture(CaptureKind.SELFIE))}, context.portrait()
        portrait = shown.kind if shown else None
        if shown:
            pictures[portrait] = upright_card(shown)
        for kind, other in pictures.items():
            # of a card the largest: some carry a smaller ghost of the portrait
            found = next(iter(engine.detect(other)), None) if kind == portrait else _only_face(other)
            if face is None or found is None:
                return inconclusive("CHALLENGE_NOT_COMPARED", **{**facts, "findings": [f"{kind}:no_single_face"]})
            others[kind] = engine.compare(engine.embed(picture, face), engine.embed(other, found), thresholds=limits)
        scores = {kind: round(found.score, DIGITS) for kind, found in others.items()}
        selfie, card = scores[CaptureKind.SELFIE], scores.get(portrait)
        measures = {"selfie": selfie, **({"card": card} if card is not None else {})}
        facts |= {"score": selfie, "threshold": limits.match, "measures": measures}
        facts["detail"] = {**facts["detail"], **measures}
        status, reason = judge_movements(selfie, card, policy.current())
        return Result(status=status, reason=reason, **facts)


def _only_face(picture: np.ndarray) -> Face | None:
    faces = engines().face.detect(picture)
    return faces[0] if faces and not several(faces) else None


def _findings(reading: Reading) -> list[str]:
    """What was wrong, then each step that was not met and why (`turn_left:too_late`)."""
    steps = [f"{step['step']}:{step['reason']}" for step in reading["steps"] if not step["met"]]
    return [reading["reason"], *steps] if reading["reason"] else []
