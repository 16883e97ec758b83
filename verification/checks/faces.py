"""Which face of a picture is meant, and whether another one beside it is a picture."""

import numpy as np

from realname import policy
from verification.engines import engines
from verification.engines.base import Face
from verification.engines.one_face import printed_face, several
from verification.policy import LIVENESS_AT


def only_face(picture: np.ndarray, *, largest: bool = False) -> Face | None:
    """The one face of a picture; with `largest`, the largest of several (a card's ghost portrait is smaller). None: no one face."""
    faces = engines().face.detect(picture)
    if not faces or (not largest and several(faces)):
        return None
    return faces[0]


def printed_beside(picture: np.ndarray, faces: tuple[Face, ...]) -> bool:
    """Whether a live face and a picture of one are seen together, by passive liveness at the policy's threshold."""
    threshold = policy.value(LIVENESS_AT)
    return printed_face(faces, lambda face: engines().liveness.judge(picture, face, threshold=threshold).live).found
