"""What one frame of a challenge shows: the numbers from which movements are told (MODELS.md, "Active liveness").

Left and right are the person's own, as seen in a picture that is not mirrored.
"""

import hashlib
from dataclasses import dataclass

import cv2
import numpy as np

from verification.engines.base import Face
from verification.engines.liveness.face_mesh import Mesh

# Points of MediaPipe's mesh: the person's right and left temple, forehead and chin, inner lips and inner corners of the mouth.
_RIGHT_TEMPLE, _LEFT_TEMPLE, _FOREHEAD, _CHIN = 234, 454, 10, 152
_UPPER_LIP, _LOWER_LIP, _RIGHT_CORNER, _LEFT_CORNER = 13, 14, 78, 308

_THUMBNAIL = (64, 64)
_BINS = (8, 8, 4)  # hue, saturation, value


@dataclass(frozen=True, slots=True)
class HeadSignals:
    """A face in a frame.

    `yaw` and `pitch` in degrees from the mesh, positive to the person's left and down; `asymmetry` is how far the nose lies off
    the middle of the eyes in the detector's points, as a share of their distance, positive to the person's left; `mouth` is the
    gap of the inner lips over their width; `eyes` the mean openness of both; `size` the shorter side of the box in px. `place` is the
    middle of the mesh (x, y) and `width` the distance of the temples, both in px; `roll` how far the head leans to the person's
    left, degrees.
    """

    yaw: float
    pitch: float
    asymmetry: float
    mouth: float
    eyes: float
    size: float
    template: np.ndarray
    place: tuple[float, float] = (0.0, 0.0)
    width: float = 1.0
    roll: float = 0.0


@dataclass(frozen=True, slots=True)
class FrameSignals:
    """A frame: when it was taken (ms from the first one), whether it shows no face, one, or several of like size (`faces`: 0, 1, 2),
    and the `head` where there is one.

    `digest` names the frame's exact pixels, `colours` is its histogram (sums to 1): with them copies and cuts are told. `patch` is
    the face as it is compared with itself (verification.engines.liveness.stillness).
    """

    milliseconds: float
    faces: int
    head: HeadSignals | None
    digest: str
    colours: np.ndarray
    patch: np.ndarray | None = None


def head_signals(mesh: Mesh, face: Face, eyes: tuple[float, float], template: np.ndarray) -> HeadSignals:
    """The numbers of one face from its mesh, the detector's points and the openness of its eyes."""
    points = mesh.points
    across, down = points[_LEFT_TEMPLE] - points[_RIGHT_TEMPLE], points[_CHIN] - points[_FOREHEAD]
    right_eye, left_eye, nose = face.points[:3]
    between = left_eye - right_eye
    along = float((nose - right_eye) @ between) / (float(between @ between) or 1.0)
    return HeadSignals(
        yaw=float(np.degrees(np.arctan2(across[2], np.linalg.norm(across[:2])))),
        pitch=float(np.degrees(np.arctan2(down[2], np.linalg.norm(down[:2])))),
        asymmetry=along - 0.5,
        mouth=_gap(points),
        eyes=float(np.mean(eyes)),
        size=float(min(face.box[2:])),
        template=template,
        place=tuple(map(float, points[:, :2].mean(axis=0))),
        width=float(np.linalg.norm(across)),
        roll=float(np.degrees(np.arctan2(between[1], between[0]))),
    )


def _gap(points: np.ndarray) -> float:
    width = float(np.linalg.norm(points[_LEFT_CORNER] - points[_RIGHT_CORNER])) or 1.0
    return float(np.linalg.norm(points[_LOWER_LIP] - points[_UPPER_LIP])) / width


def digest_of(bgr: np.ndarray) -> str:
    """What names the exact pixels of a frame. A camera never takes the same ones twice: its noise differs."""
    return hashlib.sha256(np.ascontiguousarray(bgr).tobytes()).hexdigest()


def colours_of(bgr: np.ndarray) -> np.ndarray:
    """The histogram of a frame's colours, float32, summing to 1."""
    small = cv2.cvtColor(cv2.resize(bgr, _THUMBNAIL, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2HSV)
    found = cv2.calcHist([small], [0, 1, 2], None, list(_BINS), [0, 180, 0, 256, 0, 256]).ravel()
    return found / max(float(found.sum()), 1.0)
