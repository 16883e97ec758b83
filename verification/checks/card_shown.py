"""Is an ID card shown in place of a person?"""

import numpy as np

from verification.engines import engines
from verification.engines.base import Face

# a selfie that is a photograph of a card: it holds a face that matches, and proves nothing
DOCUMENT_SHOWN = "document_shown"
# The portrait of a card that fills the frame has a face of 0.15 of the frame's longer side; a selfie at arm's length 0.2 and more.
LARGEST = 0.17


def shows_card(picture: np.ndarray, faces: tuple[Face, ...]) -> bool:
    """Only where the largest face is no larger than a card's is the picture read, which takes 0.2 to 1 s; text on a wall is no card."""
    if faces and min(faces[0].box[2:]) > LARGEST * max(picture.shape[:2]):
        return False
    return engines().document.shows_card(picture)
