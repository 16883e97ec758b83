"""What every capture goes through: cleaned, encrypted, put in the place of the one before."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.files import write_file
from realname.vault.models import EncryptedFile
from registration.access import require_own
from registration.errors import ApplicationClosed, CaptureRefused
from registration.locks import lock_application
from registration.models import Application, Capture, Challenge
from registration.policy import CAPTURES_PER_ROUND
from registration.states import CaptureKind, CaptureStatus


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

    `challenge` is what it answers, where something was asked for: then the same bytes are refused, for what was recorded before
    can't hold what was asked for since.

    The storage is written first and with no lock held; where the row is refused in the end, the sweep takes the file.
    Raises ApplicationClosed, CaptureRefused (too many of this kind, sent before), Application.DoesNotExist (not theirs).
    """
    digest = hashlib.sha256(content).hexdigest()
    application = Application.objects.get(pk=application_id)
    if same := _same_or_refuse(actor, application, kind, digest, challenge):
        return same
    file = write_file(person_id=application.person_id, kind=kind, content=content, media_type=media_type)
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
    of_kind = application.captures.filter(kind=kind)
    if challenge and of_kind.filter(digest=digest).exists():
        raise CaptureRefused("film_sent_before")
    current = of_kind.current().first()
    if current and current.digest == digest and current.status != CaptureStatus.REJECTED:
        return current
    of_round = of_kind.filter(created_at__gt=application.submitted_at) if application.submitted_at else of_kind
    if of_round.count() >= policy.value(CAPTURES_PER_ROUND):
        raise CaptureRefused("captures_too_many")
    return None


def _replace(
    actor: Actor,
    application: Application,
    kind: CaptureKind,
    digest: str,
    file: EncryptedFile,
    event: str,
    challenge: Challenge | None,
) -> Capture:
    application.captures.current().filter(kind=kind).update(superseded_at=timezone.now())
    file.save(force_insert=True)
    capture = Capture.objects.create(
        person_id=application.person_id, application=application, kind=kind, file=file, digest=digest, challenge=challenge
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
