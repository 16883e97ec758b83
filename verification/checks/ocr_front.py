"""What the portrait side of the document says."""

from registration.states import CaptureKind
from verification.checks.ocr_side import OcrSide
from verification.engines.base import FRONT_FIELDS
from verification.states import CheckKind


class OcrFront(OcrSide):
    """The portrait side."""

    kind = CheckKind.OCR_FRONT
    capture = CaptureKind.DOCUMENT_FRONT
    side = "front"
    wanted = FRONT_FIELDS
