"""The checks of an application, in the order a reviewer would read them aloud. What does not wait for another runs beside it."""

from registration.models import Application
from registration.selectors import current_captures, needed_captures
from registration.states import CaptureKind
from verification.checks.authority_identity import AuthorityIdentity
from verification.checks.base import CheckRunner
from verification.checks.document_quality import DocumentQuality
from verification.checks.document_validity import DocumentValidity
from verification.checks.duplicate_application import DuplicateApplication
from verification.checks.face_match import FaceMatch
from verification.checks.field_consistency import FieldConsistency
from verification.checks.id_number import IdNumber
from verification.checks.line_limit import LineLimit
from verification.checks.liveness_active import LivenessActive
from verification.checks.liveness_passive import LivenessPassive
from verification.checks.ocr_back import OcrBack
from verification.checks.ocr_front import OcrFront
from verification.checks.phone_possession import PhonePossession
from verification.checks.statement import Statement

ALWAYS: tuple[CheckRunner, ...] = (
    PhonePossession(),
    IdNumber(),
    LineLimit(),
    DuplicateApplication(),
    DocumentQuality(),
    OcrFront(),
    OcrBack(),
    DocumentValidity(),  # after the emblem side is read
    FieldConsistency(),  # after both sides are read
    AuthorityIdentity(),  # after the number proved to be one: each question is a disclosure
)
WITH_FACE: tuple[CheckRunner, ...] = (
    LivenessPassive(),
    FaceMatch(),
)
# where compliance asks for movements (registration.active_liveness)
WITH_MOVEMENTS: tuple[CheckRunner, ...] = (LivenessActive(),)
# no face is looked at by a machine; a person judges a statement instead
FACE_FREE: tuple[CheckRunner, ...] = (Statement(),)

RUNNERS: dict[str, CheckRunner] = {runner.kind: runner for runner in (*ALWAYS, *WITH_FACE, *WITH_MOVEMENTS, *FACE_FREE)}


def checks_for(application: Application) -> tuple[CheckRunner, ...]:
    """The checks this application must go through."""
    if application.face_free:
        return (*ALWAYS, *FACE_FREE)
    asked = CaptureKind.CHALLENGE in needed_captures(application) or CaptureKind.CHALLENGE in current_captures(application)
    return (*ALWAYS, *WITH_FACE, *(WITH_MOVEMENTS if asked else ()))
