"""A capture gets its first look while the person is still there (P-REG-7)."""

from uuid import UUID

from registration.models import Capture
from registration.services.note_reading import note_reading
from registration.states import CaptureKind, CaptureStatus
from verification.engines import engines
from verification.engines.quality import examine_selfie
from verification.pictures import picture_of
from verification.reading import read

SIDES = {CaptureKind.DOCUMENT_FRONT: "front", CaptureKind.DOCUMENT_BACK: "back"}


def read_capture(*, capture_id: UUID) -> None:
    """Look at a capture and note what was found. Does nothing if it was looked at or replaced."""
    capture = Capture.objects.select_related("file").get(pk=capture_id)
    if capture.read_at or capture.superseded_at:
        return
    if capture.kind in SIDES:
        status, findings, reading = _look_at_document(capture)
    elif capture.kind == CaptureKind.SELFIE:
        status, findings, reading = _look_at_selfie(capture)
    else:
        status, findings, reading = CaptureStatus.GOOD, [], {}
    note_reading(capture_id=capture_id, status=status, findings=findings, reading=reading)


def _look_at_document(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """The defect is named, worst first; the wrong side, or no document at all, before any other."""
    reading = read(capture)
    found = sorted((finding for finding in reading["quality"] if finding["found"]), key=lambda finding: finding["level"] != "reject")
    codes = [finding["code"] for finding in found]
    if reading["side"] != SIDES[capture.kind]:
        return CaptureStatus.REJECTED, ["other_side" if reading["side"] != "other" else "not_a_document", *codes], reading
    if any(finding["level"] == "reject" for finding in found):
        return CaptureStatus.REJECTED, codes, reading
    return (CaptureStatus.WARN if codes else CaptureStatus.GOOD), codes, reading


def _look_at_selfie(capture: Capture) -> tuple[CaptureStatus, list[str], dict]:
    """One face, large enough and towards the camera."""
    picture = picture_of(capture)
    found = [finding for finding in examine_selfie(picture, engines().face.detect(picture)) if finding.found]
    # a suspected recapture is liveness's to judge, and nothing a person at the camera could mend
    codes = [finding.code for finding in sorted(found, key=lambda finding: finding.level != "reject") if finding.code != "recapture"]
    if any(finding.level == "reject" for finding in found):
        return CaptureStatus.REJECTED, codes, {}
    return (CaptureStatus.WARN if codes else CaptureStatus.GOOD), codes, {}
