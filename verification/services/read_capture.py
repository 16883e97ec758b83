"""A capture gets its first look while the person is still there (P-REG-7)."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from registration.documents.base import Image
from registration.locks import lock_capture
from registration.models import Capture
from registration.services.note_reading import note_reading
from registration.states import CaptureKind, CaptureStatus
from verification import challenge
from verification.checks.card_shown import DOCUMENT_SHOWN, shows_card
from verification.engines import engines
from verification.engines.face.one_face import turned_picture
from verification.engines.quality import examine_selfie
from verification.pictures import PictureUnusable, picture_of
from verification.reading import read

log = structlog.get_logger(__name__)

MAX_LOOKS = 3


def read_capture(*, capture_id: UUID) -> None:
    """Look at a capture and note what was found. Does nothing if it was looked at or replaced, or somebody is looking.

    A capture that kills its worker, or that the engines fail on, is handed to a reviewer after MAX_LOOKS, and stops nobody.
    """
    capture = _claim(capture_id)
    if capture is None:
        return
    try:
        status, findings, reading = LOOKS[CaptureKind(capture.kind)](capture)
    except PictureUnusable as unusable:
        status, findings, reading = CaptureStatus.REJECTED, [unusable.code], {}
    except Exception as error:
        log.exception("look_fault", capture=str(capture_id), kind=capture.kind, error=type(error).__name__)
        Capture.objects.filter(pk=capture_id).update(look_until=None)
        return
    note_reading(capture_id=capture_id, status=status, findings=findings, reading=reading)


def _claim(capture_id: UUID) -> Capture | None:
    with transaction.atomic():
        capture, now = lock_capture(capture_id), timezone.now()
        if capture.read_at or capture.superseded_at or not capture.application.editable:
            return None
        if capture.look_until and capture.look_until > now:
            return None
        if capture.looks < MAX_LOOKS:
            capture.looks += 1
            capture.look_until = now + timedelta(seconds=settings.LOOK_LEASE)
            capture.save(update_fields=["looks", "look_until"])
            return capture
    note_reading(capture_id=capture_id, status=CaptureStatus.WARN, findings=["not_looked_at"], reading={})
    return None


def _look_at_document(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """The defect is named, worst first; the wrong side, or no document at all, before any other."""
    reading, image = read(capture), capture.image
    if _has_portrait_of_present(capture):
        reading["portrait_eyes"] = challenge.portrait_eyes(picture_of(capture))
    found = sorted((finding for finding in reading["quality"] if finding["found"]), key=lambda finding: finding["level"] != "reject")
    codes = [finding["code"] for finding in found]
    if reading["side"] != image.side:
        return CaptureStatus.REJECTED, [_not_it(image, reading["side"]), *codes], reading
    if any(finding["level"] == "reject" for finding in found):
        return CaptureStatus.REJECTED, codes, reading
    return (CaptureStatus.WARN if codes else CaptureStatus.GOOD), codes, reading


def _has_portrait_of_present(capture: Capture) -> bool:
    """Does it show the face of who will be before the camera? No other's is looked at (R-12, R-34)."""
    kind, present = CaptureKind(capture.kind), capture.application.present
    place = capture.identity.document.portrait
    return place is not None and kind == place.of(present)


def _not_it(image: Image, side: str) -> str:
    """What to say of a photograph that does not show what was asked for."""
    if image.reads == "mrz":
        return "no_zone"
    return "not_a_document" if side == "other" else "other_side"


def _look_at_selfie(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """One face, large enough and towards the camera; and a person, not their card."""
    picture = picture_of(capture)
    faces = engines().face.detect(picture)
    if shows_card(picture, faces):
        return CaptureStatus.REJECTED, [DOCUMENT_SHOWN], {}
    # before anything else is said of it: on its head a face looks covered, and like somebody else's
    if (turned := turned_picture(picture, faces, engines().face.detect)).found:
        return CaptureStatus.REJECTED, [turned.code], {}
    found = [finding for finding in examine_selfie(picture, faces) if finding.found]
    codes = [finding.code for finding in sorted(found, key=lambda finding: finding.level != "reject")]
    if any(finding.level == "reject" for finding in found):
        return CaptureStatus.REJECTED, codes, {}
    return (CaptureStatus.WARN if codes else CaptureStatus.GOOD), codes, {}


def _look_at_challenge(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """Whether the movements were done: the person may try again while they are there, with others."""
    reading = challenge.judge(capture)
    if reading["passed"]:
        return CaptureStatus.GOOD, [], reading
    return CaptureStatus.REJECTED, [reading["reason"]], reading


def _look_at_statement(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """A video statement is a person's to judge; its container was checked as it came in (R-33)."""
    return CaptureStatus.GOOD, [], {}


LOOKS = {
    CaptureKind.DOCUMENT_FRONT: _look_at_document,
    CaptureKind.DOCUMENT_BACK: _look_at_document,
    CaptureKind.REPRESENTATIVE_FRONT: _look_at_document,
    CaptureKind.REPRESENTATIVE_BACK: _look_at_document,
    CaptureKind.RELATION: _look_at_document,
    CaptureKind.SELFIE: _look_at_selfie,
    CaptureKind.CHALLENGE: _look_at_challenge,
    CaptureKind.STATEMENT: _look_at_statement,
}
