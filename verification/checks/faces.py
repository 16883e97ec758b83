"""Whether a face beside the one that is meant is a picture."""

import numpy as np

from realname import policy
from verification.engines import engines
from verification.engines.base import Face
from verification.engines.face.one_face import printed_face
from verification.policy import LIVENESS_AT


def printed_beside(picture: np.ndarray, faces: tuple[Face, ...]) -> bool:
    """Whether a live face and a picture of one are seen together, by passive liveness at the policy's threshold."""
    threshold = policy.value(LIVENESS_AT)
    return printed_face(faces, lambda face: engines().liveness.judge(picture, face, threshold=threshold).live).found
