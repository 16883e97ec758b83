"""A person photographs a side or page of their document."""

from uuid import UUID

from realname import decoding
from realname.access.actor import Actor
from registration.models import Capture
from registration.services.store_capture import AS_SENT, store_capture
from registration.states import CaptureKind

SIDES = {"front": CaptureKind.DOCUMENT_FRONT, "back": CaptureKind.DOCUMENT_BACK}
# of who acts for the person, and their right to (registration/selectors.py: images_of)
OTHER_SIDES = {str(kind): kind for kind in (CaptureKind.REPRESENTATIVE_FRONT, CaptureKind.REPRESENTATIVE_BACK, CaptureKind.RELATION)}


def capture_document(*, actor: Actor, application_id: UUID, side: str, content: bytes) -> Capture:
    """Keep a photograph of `side`, one of SIDES or OTHER_SIDES that a document of the application has.

    Raises decoding.ImageRefused, CaptureRefused (too many), ApplicationClosed.
    """
    # its pixels are decoded where a worker looks at it: the person waits for the storage only
    decoding.inspect(content)
    return store_capture(
        actor=actor,
        application_id=application_id,
        kind=(SIDES | OTHER_SIDES)[side],
        content=content,
        media_type=AS_SENT,
        event="document.captured",
    )
