"""Reads text with PP-OCRv6: the tiny models find and read every line, the small one reads again what must be read with care.

The small recogniser takes eight times as long as the tiny one and knows 18,708 characters, the tiny one 6,904: it passes over a
character it does not know without a sign. Which lines need care is decided by who knows the fields (document.py).
"""

from pathlib import Path

import numpy as np

from verification.engines.base import TextLine
from verification.engines.manifest import verified_path
from verification.engines.ocr.detect import TextDetector
from verification.engines.ocr.recognise import Recogniser, crop
from verification.engines.sessions import version_of

DETECTOR, CAREFUL_DETECTOR = "PP-OCRv6_det_tiny.onnx", "PP-OCRv6_det_small.onnx"
QUICK, CHARACTERS = "PP-OCRv6_rec_tiny.onnx", "PP-OCRv6_rec_tiny.txt"
CAREFUL = "PP-OCRv6_rec_small.onnx"


class CascadeOcr:
    """Lines of text by two recognisers (MODELS: PP-OCRv6 tiny and small)."""

    name = "ppocrv6-tiny+small"
    version = version_of(DETECTOR, CAREFUL_DETECTOR, QUICK, CAREFUL)

    def __init__(self, folder: Path | None = None) -> None:
        self._detector = TextDetector(DETECTOR, folder)
        self._careful_detector = TextDetector(CAREFUL_DETECTOR, folder)
        characters = tuple(verified_path(CHARACTERS, folder).read_text(encoding="utf-8").splitlines())
        self._quick = Recogniser(QUICK, folder, characters=characters)
        self._careful = Recogniser(CAREFUL, folder)
        self._shared = frozenset(characters)

    def find(self, bgr: np.ndarray, *, careful: bool = False) -> np.ndarray:
        """Where the lines of text are; see OcrEngine."""
        return (self._careful_detector if careful else self._detector).quads(bgr)

    def read(self, bgr: np.ndarray, quad: np.ndarray, *, careful: bool = False) -> TextLine:
        """One of them, read quickly or with care."""
        seen = (self._careful if careful else self._quick).read(crop(bgr, quad))
        return TextLine(
            text=seen.text,
            confidence=min(seen.confidences, default=0.0),
            quad=quad,
            places=seen.places,
            confidences=seen.confidences,
            unshared=frozenset(seen.text) - self._shared,
        )
