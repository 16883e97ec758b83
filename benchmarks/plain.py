"""The plain pipeline that ours is measured against: rapidocr with PP-OCRv6 small, every line, with its best settings for cards."""

import numpy as np
from PIL import Image

from verification.engines.base import DocumentReading, TextLine
from verification.engines.document.locate import Locator
from verification.engines.manifest import verified_path
from verification.engines.ocr.parse import parse_card


class PlainReader:
    """What a user would put together: rapidocr with the small model, every line, with its best settings for cards."""

    def __init__(self, locator: Locator) -> None:
        from rapidocr import RapidOCR

        self._locator = locator
        self._ocr = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "Det.limit_type": "max",
                "Det.limit_side_len": 640,
                "Det.model_path": str(verified_path("PP-OCRv6_det_small.onnx")),
                "Rec.rec_batch_num": 1,
                "Rec.model_path": str(verified_path("PP-OCRv6_rec_small.onnx")),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, bgr: np.ndarray) -> DocumentReading:
        """Flat first, then whole."""
        located = self._locator.locate(bgr)
        side, fields = parse_card(self.lines(located.card))
        reading = DocumentReading(side=side, fields=fields, located=located)
        if side == "other" or reading.missing:
            scale = min(1.0, 1280 / max(located.upright.shape[:2]))
            size = tuple(round(length * scale) for length in located.upright.shape[1::-1])
            side, more = parse_card(self.lines(np.asarray(Image.fromarray(located.upright).resize(size))))
            fields = {**more, **fields} if side == reading.side else max(fields, more, key=len)
            reading = DocumentReading(side=side if side != "other" else reading.side, fields=fields, located=located)
        return reading

    def lines(self, bgr: np.ndarray) -> list[TextLine]:
        """The lines of a picture."""
        found = self._ocr(bgr, use_det=True, use_cls=False, use_rec=True)
        if found.boxes is None or found.txts is None:
            return []
        seen = zip(found.boxes, found.txts, found.scores, strict=True)
        return [TextLine(text=text, confidence=float(score), quad=np.asarray(quad, np.float32)) for quad, text, score in seen]
