"""Which face of a picture is meant, and whether another one beside it is a picture."""

import numpy as np

from realname import policy
from verification.engines import engines
from verification.engines.base import Face
from verification.engines.one_face import SECOND, several
from verification.policy import LIVENESS_AT

# px, the shorter side of a face from which passive liveness has enough of it to judge
JUDGED = 40


def only_face(picture: np.ndarray, *, largest: bool = False) -> Face | None:
    """The one face of a picture; with `largest`, the largest of several (a card's ghost portrait is smaller). None: no one face."""
    faces = engines().face.detect(picture)
    if not faces or (not largest and several(faces)):
        return None
    return faces[0]


def printed_beside(picture: np.ndarray, faces: tuple[Face, ...]) -> bool:
    """Whether a live face and a picture of one are seen together: of the faces worth judging, some are live and some are not."""
    least = max(JUDGED, SECOND * min(faces[0].box[2:]))
    judged = [face for face in faces if min(face.box[2:]) >= least][:3]
    if len(judged) < 2:
        return False
    threshold = policy.value(LIVENESS_AT)
    return len({engines().liveness.judge(picture, face, threshold=threshold).live for face in judged}) > 1
