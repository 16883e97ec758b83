"""A person photographs a side or page of their document."""

from uuid import UUID

from realname import decoding
from realname.access.actor import Actor
from registration.models import Capture
from registration.services.store_capture import AS_SENT, store_capture
from registration.states import CaptureKind

SIDES = {"front": CaptureKind.DOCUMENT_FRONT, "back": CaptureKind.DOCUMENT_BACK}


def capture_document(*, actor: Actor, application_id: UUID, side: str, content: bytes) -> Capture:
    """Keep a photograph of `side` ("front" or "back"), one that the type of document has.

    Raises decoding.ImageRefused, CaptureRefused (too many), ApplicationClosed.
    """
    # its pixels are decoded where a worker looks at it: the person waits for the storage only
    decoding.inspect(content)
    return store_capture(
        actor=actor,
        application_id=application_id,
        kind=SIDES[side],
        content=content,
        media_type=AS_SENT,
        event="document.captured",
    )
