"""What every capture goes through: cleaned, encrypted, put in the place of the one before."""

import hashlib
from uuid import UUID

from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from realname.vault.files import store_file
from registration.errors import ApplicationClosed
from registration.locks import lock_application
from registration.models import Capture
from registration.states import CaptureKind, CaptureStatus


def store_capture(*, actor: Actor, application_id: UUID, kind: CaptureKind, content: bytes, media_type: str, event: str) -> Capture:
    """Keep `content` as the current capture of its kind. The same bytes sent again are the same capture.

    Call in a transaction. Raises ApplicationClosed.
    """
    application = lock_application(application_id)
    if not application.editable:
        raise ApplicationClosed
    digest = hashlib.sha256(content).hexdigest()
    current = application.captures.current().filter(kind=kind).first()
    if current and current.digest == digest and current.status != CaptureStatus.REJECTED:
        return current
    if current:
        current.superseded_at = timezone.now()
        current.save(update_fields=["superseded_at"])
    capture = Capture.objects.create(
        person_id=application.person_id,
        application=application,
        kind=kind,
        file=store_file(person_id=application.person_id, kind=kind, content=content, media_type=media_type),
        digest=digest,
    )
    record(
        event,
        actor=actor,
        subject=application,
        person_id=application.person_id,
        related=capture,
        data={"kind": kind, "digest": digest},
    )
    return capture
