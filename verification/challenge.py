"""Answers to challenges: their frames, and what the engine says of them, as it is kept with the capture.

{"passed", "reason", "steps": [{"step", "met", "milliseconds", "reason"}], "frames", "milliseconds", "likeness", "clearest",
 "engine", "engine_version", "threshold"}
"""

from collections.abc import Iterator
from uuid import UUID

import numpy as np

from realname import decoding, images
from realname.vault.files import read_file
from registration import bursts
from registration.models import Capture
from registration.selectors import courses_like, frames_sent_before
from registration.services.answer_challenge import SLACK, note_film
from verification.engines import engines
from verification.engines.liveness.active import SIDE, Activity, Frame
from verification.engines.liveness.course import SAME_FILM, likeness
from verification.engines.liveness.face_mesh import Mesh

RATE = 8.0  # frames a second that are looked at of a video
REPLAYED, UNREADABLE, STALE = "replayed", "unreadable", "stale"
_DIGEST = 32  # hex characters of a frame's digest that are kept

# Openness of the eyes of an ID card's portrait under which they are taken for closed, and the presence of a face under which there
# is nothing to measure. Wide on purpose: what follows is an offer. Open eyes of portraits gave 0.14 to 0.27.
EYES_CLOSED = 0.11
FACE_PRESENT = 0.5

Reading = dict


def judge(capture: Capture) -> Reading:
    """Look at an answer: the movements, one person, filmed in one go, and never sent before. Half a second a second of film."""
    engine, challenge = engines().active, capture.challenge
    # of a video only the order can be judged: nobody knows when its first frame was taken
    timed = capture.file.media_type == bursts.MEDIA_TYPE
    try:
        activity = engine.judge(frames_of(capture), challenge.steps, asked_at=challenge.schedule if timed else None)
    except (images.ImageRefused, decoding.VideoRefused) as refusal:
        return _plain(None, reason=UNREADABLE, detail=refusal.code)
    asked_for = (challenge.answered_at - challenge.issued_at).total_seconds() * 1000
    stale = activity.milliseconds > asked_for + SLACK
    return _plain(activity, reason=REPLAYED if _replayed(challenge.pk, activity) else STALE if stale else activity.reason)


def _replayed(challenge_id: UUID, activity: Activity) -> bool:
    """Whether the film came in another answer: the same frames, or the same course in other pixels.

    Noted first and looked for then: of two answers that come at once at least one knows of the other.
    """
    digests = [digest[:_DIGEST] for digest in activity.digests]
    note_film(challenge_id=challenge_id, digests=digests, course=activity.course, paces=activity.paces)
    if frames_sent_before(challenge_id, digests):
        return True
    return likeness(activity.course, courses_like(challenge_id, activity.paces_like)) >= SAME_FILM


def reading_of(capture: Capture) -> Reading:
    """What was seen when the answer came; seen now where that did not happen."""
    return capture.reading if capture.read_at and capture.reading else judge(capture)


def clearest_picture(capture: Capture, reading: Reading) -> np.ndarray | None:
    """The frame whose face is best compared, BGR; None where no frame shows one."""
    if reading["clearest"] is None:
        return None
    return next((frame.bgr for index, frame in enumerate(frames_of(capture)) if index == reading["clearest"]), None)


def frames_of(capture: Capture) -> Iterator[Frame]:
    """The frames of an answer, as they were taken. Raises ImageRefused, VideoRefused, vault.KeyErased."""
    content = read_file(capture.file)
    if capture.file.media_type == bursts.MEDIA_TYPE:
        # encoded by us as they came in
        for milliseconds, picture in bursts.unpack(content):
            yield Frame(images.decode(picture).bgr, float(milliseconds))
        return
    video = decoding.frames(content, rate=RATE, max_side=SIDE)
    for bgr, milliseconds in zip(video.frames, video.times, strict=True):
        yield Frame(bgr, float(milliseconds))


def portrait_eyes(picture: np.ndarray) -> str:
    """Whether the largest face of a photograph of a card shows open eyes: "seen", "not_seen", or "" where there is no face."""
    faces = engines().face.detect(picture)
    if not faces:
        return ""
    mesh: Mesh = engines().mesh.locate(picture, faces[0])
    if mesh.presence < FACE_PRESENT:
        return ""
    # one eye that can't be closed or opened is reason enough for the offer
    return "seen" if min(engines().mesh.eye_openness(picture, mesh)) >= EYES_CLOSED else "not_seen"


def _plain(activity: Activity | None, *, reason: str, detail: str = "") -> Reading:
    engine = engines().active
    return {
        "passed": not reason,
        "reason": reason,
        "detail": detail,
        "steps": [
            {"step": result.step, "met": result.met, "milliseconds": result.milliseconds, "reason": result.reason}
            for result in (activity.steps if activity else ())
        ],
        "frames": activity.frames if activity else 0,
        "milliseconds": round(activity.milliseconds) if activity else 0,
        "likeness": round(activity.likeness, 4) if activity and activity.likeness is not None else None,
        "clearest": activity.clearest if activity else None,
        "engine": engine.name,
        "engine_version": engine.version,
        "threshold": engine.thresholds.level,
    }
