"""A person answers what was asked: with a film of the movements, or a video in which digits are read aloud."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from realname import decoding
from realname.access.actor import Actor
from realname.decoding.video import media_type
from realname.trail import record
from registration import bursts
from registration.access import require_own
from registration.errors import ApplicationClosed, CaptureRefused, ChallengeRefused
from registration.locks import lock_application
from registration.models import Capture, Challenge
from registration.services.store_capture import store_capture
from registration.states import CaptureKind, ChallengeKind

# px: a frame's longer side as it is kept; the engine looks at less (verification/engines/liveness/active.py)
MAX_SIDE = 640
_LAST = 999_999  # ms a burst may count to: six digits
SLACK = 1500  # ms by which the clocks of a browser and of the server may run apart

# what each kind of challenge is answered with, and the event that tells of it
_ANSWERS = {
    ChallengeKind.MOVEMENTS: (CaptureKind.CHALLENGE, "challenge.captured"),
    ChallengeKind.DIGITS: (CaptureKind.STATEMENT, "statement.captured"),
}

Frames = Sequence[tuple[int, bytes]]


def answer_with_burst(*, actor: Actor, application_id: UUID, challenge_id: UUID, session: str, frames: Frames) -> Capture:
    """Keep the answer: pictures with the ms at which each was taken.

    Raises ChallengeRefused (over, used, of another browser, longer than the time since it was asked), CaptureRefused,
    images.ImageRefused, ApplicationClosed.
    """
    if not frames:
        raise CaptureRefused("challenge_empty")
    if len(frames) > bursts.MAX_FRAMES or sum(len(content) for _, content in frames) > settings.UPLOAD_MAX_BYTES:
        raise CaptureRefused("too_large")
    last = max(milliseconds for milliseconds, _ in frames)
    if min(milliseconds for milliseconds, _ in frames) < 0 or last > _LAST:
        raise CaptureRefused("challenge_empty")
    challenge = _use_challenge(
        actor=actor, application_id=application_id, challenge_id=challenge_id, session=session, kind=ChallengeKind.MOVEMENTS, lasted=last
    )
    content = bursts.pack([(milliseconds, decoding.reencode(picture, quality=90, max_side=MAX_SIDE)) for milliseconds, picture in frames])
    return _store(actor, application_id, challenge, content, bursts.MEDIA_TYPE)


def answer_with_video(
    *,
    actor: Actor,
    application_id: UUID,
    challenge_id: UUID | None,
    session: str,
    content: bytes,
    kind: ChallengeKind = ChallengeKind.MOVEMENTS,
) -> Capture:
    """Keep the answer: a video as the phone made it, of movements or, in the video statement, of digits read aloud.

    Of movements only the order can be judged by it. Raises as above.
    """
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise CaptureRefused("too_large")
    try:
        kind_of_file = media_type(content[:12])
    except decoding.VideoRefused as refusal:
        raise CaptureRefused(refusal.code) from refusal
    challenge = _use_challenge(actor=actor, application_id=application_id, challenge_id=challenge_id, session=session, kind=kind)
    return _store(actor, application_id, challenge, content, kind_of_file)


def _use_challenge(
    *, actor: Actor, application_id: UUID, challenge_id: UUID | None, session: str, kind: ChallengeKind, lasted: int = 0
) -> Challenge:
    """Take an open challenge, once; whatever becomes of the answer, it is used. `lasted` ms are filmed since it was asked.

    Raises ChallengeRefused, ApplicationClosed, Application.DoesNotExist (not theirs).
    """
    with transaction.atomic():
        application = lock_application(application_id)
        require_own(actor, application)
        if not application.editable:
            raise ApplicationClosed
        challenge, refusal = application.challenges.open_in(session, kind).filter(pk=challenge_id).first(), ""
        if challenge is None:
            refusal = "challenge_over" if kind == ChallengeKind.MOVEMENTS else "digits_over"
        else:
            challenge.answered_at = timezone.now()
            challenge.save(update_fields=["answered_at"])
            if lasted > (challenge.answered_at - challenge.issued_at).total_seconds() * 1000 + SLACK:
                refusal = "challenge_too_fast"
        if refusal:
            record("challenge.refused", actor=actor, subject=application, person_id=application.person_id, reason=refusal)
    # outside: that it was used, and refused, must outlive the refusal
    if refusal:
        raise ChallengeRefused(refusal)
    return challenge


@transaction.atomic
def note_film(*, challenge_id: UUID, digests: Sequence[str], course: bytes, paces: Sequence[str]) -> None:
    """Note by what an answer's film is known again: the digests of its frames, and its course. Of an erased film no course is kept."""
    # so that the film is not erased meanwhile
    lock_application(Challenge.objects.get(pk=challenge_id).application_id)
    challenge = Challenge.objects.get(pk=challenge_id)
    challenge.material = list(digests)
    if Capture.objects.filter(challenge=challenge, file__erased_at__isnull=True).exists():
        challenge.course, challenge.paces = course, list(paces)
    challenge.save(update_fields=["material", "course", "paces"])


def _store(actor: Actor, application_id: UUID, challenge: Challenge, content: bytes, media: str) -> Capture:
    kind, event = _ANSWERS[ChallengeKind(challenge.kind)]
    return store_capture(
        actor=actor,
        application_id=application_id,
        kind=kind,
        content=content,
        media_type=media,
        event=event,
        challenge=challenge,
    )
