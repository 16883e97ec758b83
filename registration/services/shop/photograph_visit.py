"""On a visit to a shop the clerk photographs the document anew, for the reviewer's eyes: beside the person's own, not in their place."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import decoding, policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.errors import FileNotStored
from realname.vault.files import write_file
from registration.errors import CaptureRefused, ShopRefused
from registration.locks import lock_application
from registration.models import Application, Capture, ShopWitness
from registration.policy import CAPTURES_PER_ROUND
from registration.selectors import needs_witness
from registration.services.shop.station import require_place
from registration.services.shop.witness_application import VISITED_IN
from registration.states import CaptureKind, CaptureStatus

KINDS = {"front": CaptureKind.VISIT_FRONT, "back": CaptureKind.VISIT_BACK}


def photograph_visit(*, actor: Actor, application_id: UUID, side: str, content: bytes) -> Capture:
    """Keep a photograph of `side` ("front" or "back"), bound to clerk, shop and device by the clerk's statement of today.

    It is decoded here, in a process apart: the clerk has the document in hand and hears at once that it is no picture. The same
    bytes again are the same photograph. Raises decoding.ImageRefused, ShopRefused, CaptureRefused (too many; none of this document;
    the storage is full or away), Application.DoesNotExist.
    """
    _statement(actor, Application.objects.get(pk=application_id))
    picture, digest = decoding.reencode(content), hashlib.sha256(content).hexdigest()
    application = Application.objects.get(pk=application_id)
    try:
        file = write_file(person_id=application.person_id, kind=KINDS[side], content=picture, media_type="image/jpeg")
    except FileNotStored:
        raise CaptureRefused("not_stored") from None
    with transaction.atomic():
        application = lock_application(application_id)
        # again, under the lock: it may have been decided meanwhile
        statement = _statement(actor, application)
        same = _same_or_refuse(application, side, digest)
        if same:
            return same
        if file.person_id != application.person_id:
            raise ShopRefused("visit_unknown")
        now = timezone.now()
        application.captures.current().filter(kind=KINDS[side]).update(superseded_at=now)
        file.save(force_insert=True)
        capture = Capture.objects.create(
            person_id=application.person_id, application=application, kind=KINDS[side], file=file, digest=file.digest, sent_digest=digest,
            cleaned_at=now, witness=statement, status=CaptureStatus.GOOD, read_at=now,
        )  # fmt: skip
        record(
            "visit.photographed",
            actor=actor,
            subject=application,
            person_id=application.person_id,
            related=capture,
            data={"kind": capture.kind, "digest": capture.digest},
        )
        return capture


def _statement(actor: Actor, application: Application) -> ShopWitness:
    """What this clerk stated today, at this device, about the details as they are. Raises ShopRefused."""
    station = require_place(actor)
    stated = application.witnesses.filter(clerk=station.clerk, device=station.device, created_at__date=timezone.localdate()).first()
    if stated is None or application.status not in VISITED_IN or needs_witness(application):
        raise ShopRefused("visit_unknown")
    return stated


def _same_or_refuse(application: Application, side: str, digest: str) -> Capture | None:
    """The current photograph where it is of the same bytes."""
    if application.document.image(f"document_{side}") is None:
        raise CaptureRefused("not_of_document")
    of_kind = application.captures.filter(kind=KINDS[side])
    if same := of_kind.current().filter(sent_digest=digest).first():
        return same
    if of_kind.count() >= policy.value(CAPTURES_PER_ROUND):
        raise CaptureRefused("captures_too_many")
    return None
