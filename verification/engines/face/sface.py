"""Finds faces with YuNet and compares them with SFace, the default face engine.

Measured on the East Asian subset of LFW: equal error 1.8 %, true accept 98.0 % at a false match rate of 0.1 %. At 0.42 the
false match rate is 0.06 % and 3.7 % of genuine pairs stay below; between 0.36 and 0.42 a person looks.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from verification.engines.base import Face, FaceMatch, MatchVerdict
from verification.engines.manifest import verified_path
from verification.engines.sessions import bound_threads, version_of
from verification.engines.sizes import within

DETECTOR = "face_detection_yunet_2023mar.onnx"
RECOGNISER = "face_recognition_sface_2021dec.onnx"

_SIDE = 640  # px, the longer side at which faces are sought
_SCORE = 0.6
_OVERLAP = 0.3  # intersection over union above which two boxes are one face
_MOST = 50
_KEPT = 32  # pictures whose faces are remembered: what the checks of a few applicants look at within seconds of each other


@dataclass(frozen=True, slots=True)
class FaceThresholds:
    """Cosine similarity from which two faces match, and from which a person decides. Calibrated for SFace only.

    Where the review would begin above the match there is none. Raises ValueError for what no cosine can be.
    """

    match: float = 0.42
    review: float = 0.36

    def __post_init__(self) -> None:
        """Refuse what no comparison could reach, or all would."""
        if not (-1 <= self.match <= 1 and -1 <= self.review <= 1):
            raise ValueError(f"cosines lie in -1..1, not at {self.match:g} and {self.review:g}")

    @classmethod
    def at(cls, match: float | None = None, review: float | None = None) -> "FaceThresholds":
        """The calibrated ones, or those given; a match below the calibrated review takes the review with it.

        Raises ValueError where a review is given that begins above the match.
        """
        calibrated = cls()
        match = calibrated.match if match is None else match
        if review is not None and review > match:
            raise ValueError(f"a review begins below the match, not at {review:g} for a match at {match:g}")
        return cls(match=match, review=min(calibrated.review, match) if review is None else review)


class YuNetDetector:
    """Faces with five points; 26 ms for 640 x 480."""

    name = "yunet-2023mar"
    version = version_of(DETECTOR)

    def __init__(self, folder: Path | None = None) -> None:
        bound_threads()
        path = str(verified_path(DETECTOR, folder))
        self._detector = cv2.FaceDetectorYN.create(path, "", (320, 320), _SCORE, _OVERLAP, _MOST)
        self._found: OrderedDict[tuple, tuple[Face, ...]] = OrderedDict()
        # size and detection are two calls on one object
        self._lock = threading.Lock()

    def detect(self, bgr: np.ndarray) -> tuple[Face, ...]:
        """The faces, largest first. The same picture again costs a digest, not a detection: several checks look at one selfie."""
        small, scale = within(np.ascontiguousarray(bgr), _SIDE)
        # by content, not by object: a caller may fill one array with frame after frame
        key = bgr.shape, hashlib.blake2b(small, digest_size=16).digest()
        with self._lock:
            if key not in self._found:
                self._found[key] = self._detect(small, scale)
                if len(self._found) > _KEPT:
                    self._found.popitem(last=False)
            self._found.move_to_end(key)
            return self._found[key]

    def _detect(self, small: np.ndarray, scale: float) -> tuple[Face, ...]:
        self._detector.setInputSize((small.shape[1], small.shape[0]))
        _count, found = self._detector.detect(small)
        faces = [self._face(row / np.append(np.full(14, scale), 1)) for row in ([] if found is None else found)]
        return tuple(sorted(faces, key=lambda face: -face.box[2] * face.box[3]))

    @staticmethod
    def _face(row: np.ndarray) -> Face:
        points = row[4:14].reshape(5, 2).astype(np.float32)
        # remembered and shared, so nobody may change them
        points.flags.writeable = False
        return Face(box=tuple(float(v) for v in row[:4]), points=points, score=float(row[14]))


class SFaceEngine:
    """Faces to templates of 128 numbers, compared by cosine; 25 ms to embed."""

    name = "yunet+sface-2021dec"
    version = version_of(DETECTOR, RECOGNISER)
    unit = "cosine"

    def __init__(self, folder: Path | None = None, thresholds: FaceThresholds | None = None) -> None:
        self._detector = YuNetDetector(folder)
        self._recogniser = cv2.FaceRecognizerSF.create(str(verified_path(RECOGNISER, folder)), "")
        self._lock = threading.Lock()
        self.thresholds = thresholds or FaceThresholds()

    def detect(self, bgr: np.ndarray) -> tuple[Face, ...]:
        """The faces, largest first."""
        return self._detector.detect(bgr)

    def embed(self, bgr: np.ndarray, face: Face) -> np.ndarray:
        """The template: 128 float32, unit length."""
        row = np.concatenate([np.array(face.box, np.float32), face.points.ravel(), [np.float32(face.score)]]).astype(np.float32)
        with self._lock:
            template = self._recogniser.feature(self._recogniser.alignCrop(bgr, row)).ravel().astype(np.float32)
        return template / max(float(np.linalg.norm(template)), 1e-9)

    def compare(self, one: np.ndarray, other: np.ndarray, thresholds: FaceThresholds | None = None) -> FaceMatch:
        """The cosine of two templates and what it means at the thresholds (by default this engine's)."""
        limits = thresholds or self.thresholds
        score = float(np.dot(one, other))
        return FaceMatch(
            score=score,
            unit=self.unit,
            higher_is_closer=True,
            match_threshold=limits.match,
            review_threshold=limits.review,
            verdict=_verdict(score, limits),
        )


def _verdict(score: float, limits: FaceThresholds) -> MatchVerdict:
    if score >= limits.match:
        return "match"
    return "review" if score >= limits.review else "no_match"
