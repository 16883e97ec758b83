"""A person takes a selfie."""

from uuid import UUID

from realname import decoding
from realname.access.actor import Actor
from registration.models import Capture
from registration.services.store_capture import AS_SENT, store_capture
from registration.states import CaptureKind


def capture_selfie(*, actor: Actor, application_id: UUID, content: bytes) -> Capture:
    """Keep a selfie. Raises decoding.ImageRefused, CaptureRefused (too many), ApplicationClosed."""
    # its pixels are decoded where a worker looks at it: the person waits for the storage only
    decoding.inspect(content)
    return store_capture(
        actor=actor,
        application_id=application_id,
        kind=CaptureKind.SELFIE,
        content=content,
        media_type=AS_SENT,
        event="selfie.captured",
    )
