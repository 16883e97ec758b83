"""On the way without face recognition a person records a short video, which a reviewer watches."""

from uuid import UUID

from django.conf import settings

from realname.access.actor import Actor
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
    media_type = _media_type(content)
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


def _media_type(content: bytes) -> str:
    """The container by its first bytes: ISO/IEC 14496-12 `ftyp`, or EBML (WebM). Raises CaptureRefused."""
    if content[4:8] == b"ftyp" and content[8:12] not in {b"heic", b"heix", b"mif1", b"avif"}:
        return "video/mp4"
    if content[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm"
    raise CaptureRefused("not_a_video")
