"""Which face of a picture is meant."""

import numpy as np

from verification.engines import engines
from verification.engines.base import Face

# A second face counts as a second person from this share of the first one's size; smaller ones are passers-by or pictures behind.
BESIDE = 0.5


def only_face(picture: np.ndarray, *, largest: bool = False) -> Face | None:
    """The one face of a picture; with `largest`, the largest of several (a card's ghost portrait is smaller). None: no one face."""
    faces = engines().face.detect(picture)
    if not faces:
        return None
    if not largest and len(faces) > 1 and min(faces[1].box[2:]) > BESIDE * min(faces[0].box[2:]):
        return None
    return faces[0]
