"""The first look at a capture is noted, and fills what the person has not entered yet."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.ids.errors import InvalidInput
from realname.trail import record
from registration.locks import lock_application
from registration.models import Capture
from registration.models.identity import Identity
from registration.states import CaptureKind, CaptureStatus

TEXT_FIELDS = ("name", "other_name", "sex", "ethnicity", "nationality", "issuing_state", "address", "id_number", "authority")
DATE_FIELDS = ("birth", "valid_from", "valid_to")


@transaction.atomic
def note_reading(*, capture_id: UUID, status: CaptureStatus, findings: list[str], reading: dict) -> None:
    """Settle a pending capture: what is wrong with it, and what it says. Does nothing where it was settled or replaced.

    `reading["fields"]` maps a field to {"text": str, "confidence": 0..1}; dates are ISO texts, `valid_to` may be "long_term".
    """
    capture = Capture.objects.select_related("application").get(pk=capture_id)
    application = lock_application(capture.application_id)
    capture.refresh_from_db()
    if capture.read_at or capture.superseded_at:
        return
    capture.status, capture.findings, capture.reading = status, findings, reading
    capture.read_at = timezone.now()
    capture.save(update_fields=["status", "findings", "reading", "read_at"])
    identity = application.party(CaptureKind(capture.kind).party)
    if status != CaptureStatus.REJECTED and not identity.details_entered_at:
        _fill(identity, reading.get("fields", {}))
    record(
        "capture.read",
        actor=SYSTEM,
        subject=application,
        person_id=application.person_id,
        related=capture,
        data={"kind": capture.kind, "status": status, "findings": findings},
    )


def _fill(identity: Identity, fields: dict[str, dict]) -> None:
    """Suggest what was read; the person corrects it before anything is submitted. Only what the form of this type asks for."""
    fields = {name: read for name, read in fields.items() if identity.document.has(name)}
    for field in TEXT_FIELDS:
        if text := (fields.get(field) or {}).get("text"):
            setattr(identity, field, text)
    for field in DATE_FIELDS:
        text = (fields.get(field) or {}).get("text") or ""
        if field == "valid_to" and text == "long_term":
            identity.valid_long_term, identity.valid_to = True, None
        elif day := _date(text):
            setattr(identity, field, day)
            if field == "valid_to":
                identity.valid_long_term = False
    if not identity.birth and identity.id_number:
        identity.birth = _birth_of(identity)
    identity.save()


def _date(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _birth_of(identity: Identity) -> date | None:
    try:
        return identity.document.number.parse(identity.id_number).birth
    except InvalidInput:
        return None
