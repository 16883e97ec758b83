"""The shape of a face: MediaPipe's Face Mesh and, for the eyes, its Iris model, both run by OpenCV from their TFLite files.

Face Mesh takes 192 x 192 px, RGB 0..1, and gives 468 points and the logit of a face being there; Iris takes 64 x 64 px of one
eye. OpenCV's results equal those of LiteRT to four digits. 3.4 ms and 4.7 ms on one thread.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from verification.engines.base import Face
from verification.engines.manifest import verified_path
from verification.engines.sessions import bound_threads, version_of

MODEL = "face_landmark.tflite"
EYES_MODEL = "iris_landmark.tflite"

POINTS = 468
_SIDE = 192  # px of the mesh's input
_OUTPUTS = ("conv2d_20", "conv2d_30")  # points, presence
# MediaPipe's region of interest is 1.5 times the box of its own detector, which ends above the brows; YuNet's box holds more
# of the forehead, so its longer side needs less.
_ENLARGED = 1.35

_EYE_SIDE = 64
_EYE_OUTPUT = "output_eyes_contours_and_brows"
_EYE_ENLARGED = 2.3  # times the distance of the eye's corners, as in MediaPipe's iris graph
# The corners of an eye in the mesh, outer and inner: the person's right eye, then the left. Iris was trained on the former; the
# latter is shown to it mirrored.
_CORNERS = ((33, 133), (263, 362))
# of the 71 points: lower lid from corner to corner, and the upper lid between the corners
_LOWER, _UPPER = slice(0, 9), slice(9, 16)


@dataclass(frozen=True, slots=True)
class Mesh:
    """The points of one face. `points` is (468, 3): x and y in px of the picture, z in the same unit (smaller is nearer to the
    camera); the numbering is MediaPipe's. `presence` is the probability of there being a face, 0..1."""

    points: np.ndarray
    presence: float


class FaceMesh:
    """Points of a face that was detected."""

    name = "face-mesh"
    version = version_of(MODEL, EYES_MODEL)

    def __init__(self, folder: Path | None = None) -> None:
        bound_threads()
        self._mesh = _net(MODEL, folder)
        self._eyes = _net(EYES_MODEL, folder)
        # setting the input and running are two calls on one object
        self._lock = threading.Lock()

    def locate(self, bgr: np.ndarray, face: Face) -> Mesh:
        """The mesh of a detected face of the picture."""
        to_crop = _upright_square(face)
        crop = cv2.warpAffine(bgr, to_crop, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        blob = cv2.dnn.blobFromImage(crop, 1 / 255, swapRB=True)
        with self._lock:
            self._mesh.setInput(blob)
            found, presence = self._mesh.forward(list(_OUTPUTS))
            found, logit = found.reshape(POINTS, 3).copy(), float(presence.ravel()[0])
        back = cv2.invertAffineTransform(to_crop)
        points = np.empty((POINTS, 3), np.float32)
        points[:, :2] = found[:, :2] @ back[:, :2].T + back[:, 2]
        points[:, 2] = found[:, 2] * float(np.hypot(back[0, 0], back[1, 0]))
        return Mesh(points=points, presence=1 / (1 + float(np.exp(-logit))))

    def eye_openness(self, bgr: np.ndarray, mesh: Mesh) -> tuple[float, float]:
        """How far the person's right and left eye are open: mean distance of the lids over the distance of the corners.

        The six portraits of the tests, all with open eyes, give 0.14 (a broad smile) to 0.27: it says nothing by itself, only
        against the same person's own eyes at another moment.
        """
        right, left = (self._openness(bgr, mesh.points[list(pair), :2], mirrored=bool(index)) for index, pair in enumerate(_CORNERS))
        return right, left

    def _openness(self, bgr: np.ndarray, corners: np.ndarray, *, mirrored: bool) -> float:
        outer, inner = (corners[1], corners[0]) if mirrored else corners
        to_crop = _square(corners.mean(axis=0), float(np.linalg.norm(inner - outer)) * _EYE_ENLARGED, inner - outer, _EYE_SIDE)
        crop = cv2.warpAffine(bgr, to_crop, (_EYE_SIDE, _EYE_SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        blob = cv2.dnn.blobFromImage(cv2.flip(crop, 1) if mirrored else crop, 1 / 255, swapRB=True)
        with self._lock:
            self._eyes.setInput(blob)
            outline = self._eyes.forward(_EYE_OUTPUT).reshape(-1, 3)[:, :2].copy()
        lower, upper = outline[_LOWER], outline[_UPPER]
        width = float(np.linalg.norm(lower[-1] - lower[0])) or 1.0
        return float(np.linalg.norm(upper - lower[1:-1], axis=1).mean()) / width


def _net(name: str, folder: Path | None) -> cv2.dnn.Net:
    # the new engine of OpenCV 5 keeps one of a TFLite model's outputs only
    return cv2.dnn.readNetFromTFLite(str(verified_path(name, folder)), cv2.dnn.ENGINE_CLASSIC)


def _upright_square(face: Face) -> np.ndarray:
    """The affine map (2, 3) from the picture to the mesh's input: the face in the middle, its eyes level."""
    x, y, width, height = face.box
    centre = np.array([x + width / 2, y + height / 2])
    return _square(centre, max(width, height) * _ENLARGED, face.points[1] - face.points[0], _SIDE)


def _square(centre: np.ndarray, side: float, along: np.ndarray, pixels: int) -> np.ndarray:
    """The affine map (2, 3) that brings the square about `centre` with sides of `side` px, turned so that `along` points to the
    right, to `pixels` x `pixels`."""
    angle, scale = np.arctan2(along[1], along[0]), pixels / max(side, 1.0)
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.column_stack([turn, pixels / 2 - turn @ centre])
