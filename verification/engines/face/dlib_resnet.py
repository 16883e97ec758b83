"""The second face engine: dlib's ResNet, as the package `face_recognition` uses it. Selectable; not the default, and slower.

When it is unsafe: `face_recognition`'s own default tolerance of 0.6 accepts 38.7 % of impostor pairs of East Asians, 0.5 still
5.8 %, 0.4 0.11 %, and 0.4 refuses 26.5 % of genuine pairs, which go to a person (LFW's East Asian subset, see the manifest). So
distances above 0.5 are refused here, and 0.4 to 0.5 is a person's to decide.

Of the package's models only the two that are needed are loaded, by hash and without importing it, which would load its
68-point file too (trained on iBUG 300-W, not for commercial use). The templates equal those of `face_recognition.face_encodings`.

The faces are YuNet's, so that every check speaks of the same face. dlib was trained on the boxes of its own detector, so a box
like those is laid about YuNet's five points. Measured on the six portraits of the tests, 16 pictures with their reductions: the
templates lie 0.05 (at most 0.10) from those on dlib's own boxes, which themselves move them by 0.09 (at most 0.14) when a picture
is reduced; genuine distances are 0.376 against 0.373 (n = 27), impostor ones 0.841 against 0.840 (n = 78). dlib's own detector is
slower, and saw a second face in a space suit.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verification.engines.base import Face, FaceMatch, MatchVerdict
from verification.engines.face.sface import DETECTOR, YuNetDetector
from verification.engines.manifest import verified_path
from verification.engines.sessions import version_of

RECOGNISER = "dlib_face_recognition_resnet_model_v1.dat"
LANDMARKS = "shape_predictor_5_face_landmarks.dat"
LOOSEST = 0.5
UNSAFE = (
    "The engine dlib is unsafe for East Asian faces at loose thresholds: of impostor pairs 38.7 % pass at face_recognition's own "
    "default of 0.6, 5.8 % at 0.5 and 0.11 % at 0.4, where 26.5 % of genuine pairs are refused. Distances above 0.5 are not accepted. "
    "Calibrate it on your own pairs before you rely on it: manage.py engine calibrate --engine dlib."
)

# dlib's box is centred between eyes and mouth; its side is this multiple of the mean of two distances: eye to eye, eyes to mouth
_BOX = 2.35
# what is handed to dlib: the box with as much again on each side, more than its alignment reaches for
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class DistanceThresholds:
    """Euclidean distance up to which two faces match, and up to which a person decides. Raises ValueError above LOOSEST."""

    match: float = 0.4
    review: float = 0.5

    def __post_init__(self) -> None:
        """Refuse the library's own default and everything near it."""
        if not 0 < self.match <= self.review <= LOOSEST:
            raise ValueError(f"distances must satisfy 0 < match <= review <= {LOOSEST}: at 0.6 38.7 % of impostors pass")

    @classmethod
    def at(cls, match: float | None = None, review: float | None = None) -> "DistanceThresholds":
        """The calibrated ones, or those given."""
        calibrated = cls()
        return cls(match=calibrated.match if match is None else match, review=calibrated.review if review is None else review)


class DlibFaceEngine:
    """YuNet's faces, dlib's templates of 128 numbers, compared by distance."""

    name = "yunet+dlib-resnet"
    version = version_of(DETECTOR, RECOGNISER)
    unit = "distance"

    def __init__(self, folder: Path | None = None, thresholds: DistanceThresholds | None = None) -> None:
        # a native library that only those need who have chosen this engine
        import dlib

        self._dlib = dlib
        self._detector = YuNetDetector(folder)
        self._landmarks = dlib.shape_predictor(str(verified_path(LANDMARKS, folder)))
        self._recogniser = dlib.face_recognition_model_v1(str(verified_path(RECOGNISER, folder)))
        self._lock = threading.Lock()
        self.thresholds = thresholds or DistanceThresholds()

    def detect(self, bgr: np.ndarray) -> tuple[Face, ...]:
        """The faces, largest first."""
        return self._detector.detect(bgr)

    def embed(self, bgr: np.ndarray, face: Face) -> np.ndarray:
        """The template: 128 float32, as it comes. Its five-point alignment is done inside, from the box."""
        box = dlib_box(face)
        margin = int(_MARGIN * (box[2] - box[0]))
        left, top = max(box[0] - margin, 0), max(box[1] - margin, 0)
        rgb = np.ascontiguousarray(bgr[top : box[3] + margin, left : box[2] + margin, ::-1])
        place = self._dlib.rectangle(box[0] - left, box[1] - top, box[2] - left, box[3] - top)
        with self._lock:
            return np.array(self._recogniser.compute_face_descriptor(rgb, self._landmarks(rgb, place)), np.float32)

    def compare(self, one: np.ndarray, other: np.ndarray, thresholds: DistanceThresholds | None = None) -> FaceMatch:
        """The distance of two templates and what it means at the thresholds (by default this engine's)."""
        limits = thresholds or self.thresholds
        score = float(np.linalg.norm(one - other))
        verdict: MatchVerdict = "match" if score <= limits.match else "review" if score <= limits.review else "no_match"
        return FaceMatch(
            score=score,
            unit=self.unit,
            higher_is_closer=False,
            match_threshold=limits.match,
            review_threshold=limits.review,
            verdict=verdict,
        )


def dlib_box(face: Face) -> tuple[int, int, int, int]:
    """The square dlib's own detector would draw: left, top, right, bottom, in px."""
    eyes, mouth = face.points[:2].mean(axis=0), face.points[3:].mean(axis=0)
    side = _BOX * (np.linalg.norm(face.points[1] - face.points[0]) + np.linalg.norm(mouth - eyes)) / 2
    left, top = (eyes + mouth) / 2 - side / 2
    return int(left), int(top), int(left + side), int(top + side)
