"""What the emblem side of the document says."""

from registration.states import CaptureKind
from verification.checks.ocr_side import OcrSide
from verification.engines.base import BACK_FIELDS
from verification.states import CheckKind


class OcrBack(OcrSide):
    """The emblem side."""

    kind = CheckKind.OCR_BACK
    capture = CaptureKind.DOCUMENT_BACK
    side = "back"
    wanted = BACK_FIELDS
