"""The second face engine: `face_recognition` (dlib's ResNet). Selectable; not the default, and slower (136 ms to embed).

Its own default tolerance of 0.6 must never be used: at 0.6 it accepts 38.7 % of impostor pairs of East Asians, at 0.5 5.8 %,
at 0.4 0.11 % (and then refuses 26.5 % of genuine pairs, which go to a person). Measured on LFW's East Asian subset.
Here the boxes come from YuNet, moved to resemble dlib's: that was not measured, so calibrate before choosing this engine.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verification.engines.base import Face, FaceMatch, MatchVerdict
from verification.engines.face import DETECTOR, YuNetDetector
from verification.engines.sessions import version_of

LOOSEST = 0.5


@dataclass(frozen=True, slots=True)
class DistanceThresholds:
    """Euclidean distance up to which two faces match, and up to which a person decides. Raises ValueError above LOOSEST."""

    match: float = 0.4
    review: float = 0.5

    def __post_init__(self) -> None:
        """Refuse the library's own default and everything near it."""
        if not 0 < self.match <= self.review <= LOOSEST:
            raise ValueError(f"distances must satisfy 0 < match <= review <= {LOOSEST}: at 0.6 38.7 % of impostors pass")


class DlibFaceEngine:
    """YuNet's faces, dlib's templates of 128 numbers, compared by distance."""

    name = "yunet+dlib-resnet"
    unit = "distance"

    def __init__(self, folder: Path | None = None, thresholds: DistanceThresholds | None = None) -> None:
        # it loads 100 MB of models when imported, which nobody should pay who has not chosen it
        import face_recognition

        self._library = face_recognition
        self._detector = YuNetDetector(folder)
        self.thresholds = thresholds or DistanceThresholds()
        self.version = f"{version_of(DETECTOR)}+face_recognition-{face_recognition.__version__}"

    def detect(self, bgr: np.ndarray) -> tuple[Face, ...]:
        """The faces, largest first."""
        return self._detector.detect(bgr)

    def embed(self, bgr: np.ndarray, face: Face) -> np.ndarray:
        """The template: 128 float32, as it comes. Its five-point alignment is done inside, from the box."""
        x, y, width, height = face.box
        # dlib's boxes are square and sit lower and tighter than YuNet's
        side, centre_x, centre_y = width, x + width / 2, y + 0.55 * height
        place = tuple(int(v) for v in (centre_y - side / 2, centre_x + side / 2, centre_y + side / 2, centre_x - side / 2))
        rgb = np.ascontiguousarray(bgr[:, :, ::-1])
        return self._library.face_encodings(rgb, known_face_locations=[place], model="small")[0].astype(np.float32)

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
