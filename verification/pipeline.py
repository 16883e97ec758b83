"""The checks of an application, in the order a reviewer would read them aloud. What does not wait for another runs beside it."""

from registration.documents.base import DocumentType
from registration.models import Application
from registration.selectors import current_captures, needed_captures
from registration.states import CaptureKind, Party
from verification.checks.authority_identity import AuthorityIdentity
from verification.checks.authority_phone import AuthorityPhone
from verification.checks.base import CheckRunner
from verification.checks.document_by_eye import DocumentByEye
from verification.checks.document_quality import DocumentQuality
from verification.checks.document_validity import DocumentValidity
from verification.checks.duplicate_application import DuplicateApplication
from verification.checks.face_match import FaceMatch
from verification.checks.field_consistency import FieldConsistency
from verification.checks.id_number import IdNumber
from verification.checks.line_count import LineCount
from verification.checks.line_limit import LineLimit
from verification.checks.liveness_active import LivenessActive
from verification.checks.liveness_passive import LivenessPassive
from verification.checks.mrz import Mrz
from verification.checks.ocr_back import OcrBack
from verification.checks.ocr_front import OcrFront
from verification.checks.of_representative import OfRepresentative
from verification.checks.phone_possession import PhonePossession
from verification.checks.representation import RightToAct
from verification.checks.statement import Statement
from verification.sources.base import Fact
from verification.sources.order import sources_for
from verification.states import CheckKind

ALWAYS: tuple[CheckRunner, ...] = (
    PhonePossession(),
    IdNumber(),
    LineLimit(),
    DuplicateApplication(),
    DocumentQuality(),
)
# what a machine reads of this type of document
READING: dict[CaptureKind | str, CheckRunner] = {
    CaptureKind.DOCUMENT_FRONT: OcrFront(),
    CaptureKind.DOCUMENT_BACK: OcrBack(),
    "mrz": Mrz(),
}
READ: tuple[CheckRunner, ...] = (FieldConsistency(),)  # after all is read
VALIDITY: tuple[CheckRunner, ...] = (DocumentValidity(),)  # after all is read
REGISTRY: tuple[CheckRunner, ...] = (AuthorityIdentity(),)  # after the number proved to be one: each question is a disclosure
# where the policy names a source for the fact that has an address here (verification/sources/order.py)
WITH_SOURCE: dict[Fact, CheckRunner] = {
    Fact.PHONE: AuthorityPhone(),
    Fact.LINE_COUNT: LineCount(),
}
# what no machine can judge of this type
BY_EYE: tuple[CheckRunner, ...] = (DocumentByEye(),)
WITH_FACE: tuple[CheckRunner, ...] = (LivenessPassive(),)
WITH_PORTRAIT: tuple[CheckRunner, ...] = (FaceMatch(),)
# where compliance asks for movements (registration.active_liveness)
WITH_MOVEMENTS: tuple[CheckRunner, ...] = (LivenessActive(),)
# no face is looked at by a machine; a person judges a statement instead
FACE_FREE: tuple[CheckRunner, ...] = (Statement(),)

# where somebody acts for the person: their document and identity by the same checks, and whether they may
OF_BOTH = frozenset(
    {
        CheckKind.PHONE_POSSESSION, CheckKind.ID_NUMBER, CheckKind.DOCUMENT_QUALITY, CheckKind.OCR_FRONT, CheckKind.OCR_BACK, CheckKind.MRZ,
        CheckKind.FIELD_CONSISTENCY, CheckKind.DOCUMENT_VALIDITY, CheckKind.AUTHORITY_IDENTITY, CheckKind.DOCUMENT_BY_EYE,
    }
)  # fmt: skip
WITH_REPRESENTATIVE: tuple[CheckRunner, ...] = (RightToAct(),)

_PLAIN: tuple[CheckRunner, ...] = (
        *ALWAYS, *READING.values(), *VALIDITY, *READ, *REGISTRY, *WITH_SOURCE.values(), *BY_EYE,
        *WITH_FACE, *WITH_PORTRAIT, *WITH_MOVEMENTS, *FACE_FREE,
)  # fmt: skip
RUNNERS: dict[str, CheckRunner] = {
    runner.kind: runner
    for runner in (*_PLAIN, *(OfRepresentative(runner) for runner in _PLAIN if runner.kind in OF_BOTH), *WITH_REPRESENTATIVE)
}

# which fact each check asks the sources for
FACT_OF: dict[CheckKind, Fact] = {
    CheckKind.AUTHORITY_IDENTITY: Fact.IDENTITY,
    CheckKind.AUTHORITY_PHONE: Fact.PHONE,
    CheckKind.LINE_COUNT: Fact.LINE_COUNT,
}


def checks_for(application: Application) -> tuple[CheckRunner, ...]:
    """The checks this application must go through, by its type of document (R-02), its way of verification (R-33), who acts (R-03)."""
    of_document = (*ALWAYS, *_of_document(application.document), *_with_source(application), *_of_representative(application))
    if application.face_free:
        return (*of_document, *FACE_FREE)
    asked = CaptureKind.CHALLENGE in needed_captures(application) or CaptureKind.CHALLENGE in current_captures(application)
    portrait = application.party(application.present).document.portrait
    return (*of_document, *WITH_FACE, *(WITH_PORTRAIT if portrait else ()), *(WITH_MOVEMENTS if asked else ()))


def _of_document(document: DocumentType) -> tuple[CheckRunner, ...]:
    return (
        *(READING["mrz" if image.reads == "mrz" else image.kind] for image in document.images if image.reads),
        *(VALIDITY if document.has("valid_to") else ()),
        *(READ if document.read_by_machine else ()),
        *(REGISTRY if document.registry else ()),
        *(BY_EYE if document.by_eye else ()),
    )


def _with_source(application: Application) -> tuple[CheckRunner, ...]:
    """The phone that was proven is in the hands of who acts: that it is not in the other's name says nothing."""
    facts = (fact for fact in WITH_SOURCE if fact != Fact.PHONE or not application.representation)
    return tuple(WITH_SOURCE[fact] for fact in facts if application.document.registry and sources_for(fact))


def _of_representative(application: Application) -> tuple[CheckRunner, ...]:
    if not application.representation:
        return ()
    plain = (*ALWAYS, *_of_document(application.representative.document))
    return (*(RUNNERS[runner.kind.of(Party.REPRESENTATIVE)] for runner in plain if runner.kind in OF_BOTH), *WITH_REPRESENTATIVE)
