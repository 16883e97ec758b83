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
from registration.access import require_open, require_own
from registration.errors import CaptureRefused
from registration.locks import lock_application
from registration.models import Application, Capture, Challenge
from registration.policy import CAPTURES_PER_ROUND
from registration.services.parties.choose_representation import shown_in
from registration.states import CaptureKind, CaptureStatus

# the media type of bytes that nobody has decoded yet (RFC 2046): they are never served
AS_SENT = "application/octet-stream"
# what is read of an application, twice for each photograph: it has ten times as many columns, and a person waits
_READ = ("person_id", "status", "submitted_at", "document_type", "representation", "organisation_id")
_KEPT = ("application_id", "sent_digest", "status", "created_at", "cleaned_at", "superseded_at", "file__erased_at")
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
    application = Application.objects.only(*_READ).get(pk=application_id)
    if same := _same_or_refuse(actor, application, _taken(application, kind), kind, digest, challenge):
        return same
    try:
        file = write_file(person_id=shown_in(application, kind), kind=kind, content=content, media_type=media_type)
    except FileNotStored:
        raise CaptureRefused("not_stored") from None
    with transaction.atomic():
        application = lock_application(application_id, *_READ)
        # again, under the lock: it may have been handed in, or another tab may have sent the same
        taken = _taken(application, kind)
        same = _same_or_refuse(actor, application, taken, kind, digest, challenge)
        return same or _replace(actor, application, taken, kind, digest, file, event, challenge)


def _taken(application: Application, kind: CaptureKind) -> list[Capture]:
    """All captures of the kind: at most CAPTURES_PER_ROUND a round, so that one question answers all there are."""
    return list(application.captures.filter(kind=kind).select_related("file").only(*_KEPT))


def _same_or_refuse(
    actor: Actor, application: Application, taken: list[Capture], kind: CaptureKind, digest: str, challenge: Challenge | None
) -> Capture | None:
    """The current capture where it is of the same bytes and will do."""
    require_own(actor, application)
    require_open(application)
    if not _asked_for(application, kind):
        raise CaptureRefused("not_of_document")
    if challenge and any(capture.sent_digest == digest for capture in taken):
        raise CaptureRefused("film_sent_before")
    current = _current(taken)
    if current and current.sent_digest == digest and current.status != CaptureStatus.REJECTED:
        return current
    begun = application.submitted_at
    of_round = [capture for capture in taken if begun is None or capture.created_at > begun]
    if len(of_round) >= policy.value(CAPTURES_PER_ROUND):
        raise CaptureRefused("captures_too_many")
    return None


def _current(taken: list[Capture]) -> Capture | None:
    return next((capture for capture in taken if capture.superseded_at is None), None)


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
    taken: list[Capture],
    kind: CaptureKind,
    digest: str,
    file: EncryptedFile,
    event: str,
    challenge: Challenge | None,
) -> Capture:
    now = timezone.now()
    if current := _current(taken):
        _put_aside(current, now)
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


def _put_aside(current: Capture, now: datetime) -> None:
    """The one before is kept, unless nobody has looked at it yet: bytes as sent are not kept."""
    if current.cleaned_at is None:
        erase_file(current.file)
    Capture.objects.filter(pk=current.pk).update(superseded_at=now)
