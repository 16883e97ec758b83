"""Finds lines of text: PP-OCRv6 detection, its map turned into boxes by rapidocr's own post-processing."""

from pathlib import Path

import cv2
import numpy as np
from rapidocr.ch_ppocr_det.utils import DBPostProcess

from verification.engines.sessions import bound_threads, session

_STRIDE = 32  # the network halves its input five times
_MOST_LINES = 200  # a card has about twenty with its watermarks; a page of print is no card, and must not cost a minute


class TextDetector:
    """The lines of a picture no larger than `side` px when it is looked at."""

    def __init__(self, model: str, folder: Path | None = None, *, side: int = 640) -> None:
        bound_threads()
        self._session = session(model, folder)
        self._input = self._session.get_inputs()[0].name
        self._side = side
        # rapidocr's own settings for this family
        self._boxes = DBPostProcess(thresh=0.3, box_thresh=0.5, max_candidates=_MOST_LINES, unclip_ratio=1.6, use_dilation=True)

    def quads(self, bgr: np.ndarray) -> np.ndarray:
        """(n, 4, 2) px in the picture handed in, float32, each clockwise from its top left, from top to bottom; n may be 0."""
        height, width = bgr.shape[:2]
        scale = min(1.0, self._side / max(height, width))
        size = tuple(max(_STRIDE, round(length * scale / _STRIDE) * _STRIDE) for length in (width, height))
        small = cv2.resize(bgr, size, interpolation=cv2.INTER_LINEAR)
        blob = (small.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
        likely = self._session.run(None, {self._input: blob})[0]
        quads, _scores = self._boxes(likely, (height, width))
        if len(quads) == 0:
            return np.zeros((0, 4, 2), np.float32)
        quads = np.asarray(quads, np.float32)
        return quads[np.argsort(quads[:, :, 1].mean(axis=1), kind="stable")]
