"""On the way without face recognition a person records a short video, which a reviewer watches."""

from uuid import UUID

from django.conf import settings

from realname.access.actor import Actor
from realname.decoding import video
from registration.errors import CaptureRefused
from registration.models import Capture
from registration.services.answer_challenge import use_challenge
from registration.services.store_capture import store_capture
from registration.states import CaptureKind, ChallengeKind


def capture_statement(*, actor: Actor, application_id: UUID, challenge_id: UUID | None, session: str, content: bytes) -> Capture:
    """Keep a video statement in which the digits of the challenge are read aloud.

    Raises CaptureRefused (too large, not a video, too many), ChallengeRefused (the digits are over), ApplicationClosed.
    """
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise CaptureRefused("too_large")
    try:
        media_type = video.media_type(content)
    except video.VideoRefused as refusal:
        raise CaptureRefused(refusal.code) from refusal
    challenge = use_challenge(
        actor=actor, application_id=application_id, challenge_id=challenge_id, session=session, kind=ChallengeKind.DIGITS
    )
    return store_capture(
        actor=actor,
        application_id=application_id,
        kind=CaptureKind.STATEMENT,
        content=content,
        media_type=media_type,
        event="statement.captured",
        challenge=challenge,
    )
