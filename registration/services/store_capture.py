"""What every capture goes through: cleaned, encrypted, put in the place of the one before."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.errors import FileNotStored
from realname.vault.files import erase_file, write_file
from realname.vault.models import EncryptedFile
from registration.access import require_own
from registration.errors import ApplicationClosed, CaptureRefused
from registration.locks import lock_application
from registration.models import Application, Capture, Challenge
from registration.policy import CAPTURES_PER_ROUND
from registration.services.parties.choose_representation import shown_in
from registration.states import CaptureKind, CaptureStatus

# the media type of bytes that nobody has decoded yet (RFC 2046): they are never served
AS_SENT = "application/octet-stream"
DOCUMENT_KINDS = (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK)


def store_capture(
    *,
    actor: Actor,
    application_id: UUID,
    kind: CaptureKind,
    content: bytes,
    media_type: str,
    event: str,
    challenge: Challenge | None = None,
) -> Capture:
    """Keep `content` as the current capture of its kind. The same bytes sent again are the same capture.

    Of the media type AS_SENT it waits to be cleaned (`clean_capture`). `challenge` is what it answers, where something was asked
    for: then the same bytes are refused, for what was recorded before can't hold what was asked for since.

    The storage is written first and with no lock held; where the row is refused in the end, the sweep takes the file.
    Raises ApplicationClosed, CaptureRefused (too many of this kind; sent before; none of this document; the storage is full or away),
    Application.DoesNotExist (not theirs).
    """
    digest = hashlib.sha256(content).hexdigest()
    application = Application.objects.get(pk=application_id)
    if same := _same_or_refuse(actor, application, kind, digest, challenge):
        return same
    try:
        file = write_file(person_id=shown_in(application, kind), kind=kind, content=content, media_type=media_type)
    except FileNotStored:
        raise CaptureRefused("not_stored") from None
    with transaction.atomic():
        application = lock_application(application_id)
        # again, under the lock: it may have been handed in, or another tab may have sent the same
        same = _same_or_refuse(actor, application, kind, digest, challenge)
        return same or _replace(actor, application, kind, digest, file, event, challenge)


def _same_or_refuse(actor: Actor, application: Application, kind: CaptureKind, digest: str, challenge: Challenge | None) -> Capture | None:
    """The current capture where it is of the same bytes and will do."""
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    if not _asked_for(application, kind):
        raise CaptureRefused("not_of_document")
    of_kind = application.captures.filter(kind=kind)
    if challenge and of_kind.filter(sent_digest=digest).exists():
        raise CaptureRefused("film_sent_before")
    current = of_kind.current().first()
    if current and current.sent_digest == digest and current.status != CaptureStatus.REJECTED:
        return current
    of_round = of_kind.filter(created_at__gt=application.submitted_at) if application.submitted_at else of_kind
    if of_round.count() >= policy.value(CAPTURES_PER_ROUND):
        raise CaptureRefused("captures_too_many")
    return None


def _asked_for(application: Application, kind: CaptureKind) -> bool:
    """Has a document of the application this side or page? A proof of the right to act is asked for where somebody acts."""
    if kind == CaptureKind.RELATION:
        return bool(application.representation)
    if kind.place not in DOCUMENT_KINDS:
        return True
    return kind.party in application.parties and application.party(kind.party).document.image(kind.place) is not None


def _replace(
    actor: Actor,
    application: Application,
    kind: CaptureKind,
    digest: str,
    file: EncryptedFile,
    event: str,
    challenge: Challenge | None,
) -> Capture:
    now = timezone.now()
    _put_aside(application, kind, now)
    file.save(force_insert=True)
    capture = Capture.objects.create(
        person_id=file.person_id,
        application=application,
        kind=kind,
        file=file,
        digest=digest,
        sent_digest=digest,
        cleaned_at=None if file.media_type == AS_SENT else now,
        challenge=challenge,
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


def _put_aside(application: Application, kind: CaptureKind, now: datetime) -> None:
    """The one before is kept, unless nobody has looked at it yet: bytes as sent are not kept."""
    current = application.captures.current().filter(kind=kind)
    for unseen in current.as_sent().select_related("file"):
        erase_file(unseen.file)
    current.update(superseded_at=now)
