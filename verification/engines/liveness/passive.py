"""Passive liveness from one picture: a MiniFASNetV2SE-shaped model on two crops of the face, and the cues beside it.

A screening signal: on simulated recaptures the model alone lets 23 % of screens with a bezel and 48 % without pass, and it refuses
1.8 % of real people (16.9 % with masks and turned heads). The cues (`cues`) catch what shows a rim or a pattern; a fine
screen that fills the frame passes both. It is needed all the same: 99.3 % of printed photographs match their owner.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from verification.engines.base import Face, Finding, Liveness
from verification.engines.liveness import cues as cue_set
from verification.engines.sessions import bound_threads, session, version_of

MODEL = "fr_liveness.onnx"
PASS = 0.5
CROPS = (1.5, 2.7)  # times the box of the detector

_SIDE = 128
_LIVE = 0  # the model's class
_SUREST = 6.9  # log-odds of 0.999: the model is believed no further
# log-odds a cue takes away: more than the surest model has, down to 0.043, which no threshold that policy allows lets pass
_WEIGHT = 10.0


class PassiveLiveness:
    """The model's mean probability of a live face over the crops (12 ms a crop), less what the cues say against it (as long again)."""

    name = "fr-liveness+cues"
    version = f"{version_of(MODEL)}+{cue_set.VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        bound_threads()
        self._session = session(MODEL, folder)
        self._input = self._session.get_inputs()[0].name

    def judge(self, bgr: np.ndarray, face: Face, threshold: float = PASS) -> Liveness:
        """The judgement on one face of the picture; `threshold` is a probability."""
        crops = self.model_crops(bgr, face)
        model = float(np.mean(list(crops.values())))
        cues = cue_set.cues(bgr, face)
        score = fused(model, cues)
        return Liveness(score=score, threshold=threshold, live=score >= threshold, model=model, crops=crops, cues=cues)

    def model_crops(self, bgr: np.ndarray, face: Face) -> dict[float, float]:
        """The model's probability of a live face on each of CROPS."""
        return {scale: self._live(_crop(bgr, face, scale)) for scale in CROPS}

    def _live(self, crop: np.ndarray) -> float:
        # BGR and 0..255: with RGB, as the model's package feeds it, the error is ten times as high
        blob = crop.astype(np.float32).transpose(2, 0, 1)[None]
        out = self._session.run(None, {self._input: blob})[0].ravel().astype(np.float64)
        out = np.exp(out - out.max())
        return float(out[_LIVE] / out.sum())


def fused(model: float, cues: Sequence[Finding]) -> float:
    """The model's probability where no cue was found; else its log-odds less the weight of each that was. Any one fails the face."""
    found = sum(cue.found for cue in cues)
    if not found:
        return model
    surest = 1 / (1 + np.exp(-_SUREST))
    likely = float(np.clip(model, 1 - surest, surest))
    return float(1 / (1 + np.exp(_WEIGHT * found - np.log(likely / (1 - likely)))))


def _crop(bgr: np.ndarray, face: Face, scale: float) -> np.ndarray:
    """The box enlarged about its middle, moved and if need be shrunk to stay within the picture, at 128 x 128."""
    height, width = bgr.shape[:2]
    x, y, box_width, box_height = face.box
    scale = min(scale, (width - 1) / max(box_width, 1), (height - 1) / max(box_height, 1))
    half_width, half_height = box_width * scale / 2, box_height * scale / 2
    centre_x = min(max(x + box_width / 2, half_width), width - 1 - half_width)
    centre_y = min(max(y + box_height / 2, half_height), height - 1 - half_height)
    left, top = max(int(centre_x - half_width), 0), max(int(centre_y - half_height), 0)
    right, bottom = int(centre_x + half_width) + 1, int(centre_y + half_height) + 1
    return cv2.resize(bgr[top:bottom, left:right], (_SIDE, _SIDE))
