"""Which face of a picture is meant, and what others are in it: a second person, a passer-by, a portrait held up or on the wall."""

from collections.abc import Callable

import cv2
import numpy as np

from verification.engines.base import Face, Finding

# From this share of the largest face's size another one makes it unclear who is meant.
SEVERAL = 0.5
# From this share another face is worth a word. The portrait of an ID card held beside a face is about a tenth of it (22 mm
# against 23 cm); what is smaller stands far behind.
SECOND = 0.1
# px, the shorter side of a face from which passive liveness has enough of it to judge; and how many are judged at most
JUDGED = 40
MOST = 3
# A face the detector is this sure of is upright (six portraits, clean, small, blurred or slanted by 25 degrees: 0.907 and more). A
# face on its head is found too, with its points in wrong places: at 0.88 and less, and 0.05 or more below the same one upright.
UPRIGHT = 0.9
SURER = 0.03


def second_share(faces: tuple[Face, ...]) -> float:
    """The size of the second largest face as a share of the largest one's (shorter sides of the boxes); 0.0 where there is none."""
    sizes = sorted((min(face.box[2:]) for face in faces), reverse=True)
    return sizes[1] / sizes[0] if len(sizes) > 1 and sizes[0] > 0 else 0.0


def several(faces: tuple[Face, ...]) -> bool:
    """Whether it is unclear who is meant."""
    return second_share(faces) >= SEVERAL


def several_faces(faces: tuple[Face, ...]) -> Finding:
    """Another face is about as large."""
    return _share("several_faces", faces, SEVERAL, "reject", several(faces))


def second_face(faces: tuple[Face, ...]) -> Finding:
    """Another, smaller face is in the picture: it says who is meant, but may be a portrait held up."""
    return _share("second_face", faces, SECOND, "warn", SECOND <= second_share(faces) < SEVERAL)


def printed_face(faces: tuple[Face, ...], live: Callable[[Face], bool]) -> Finding:
    """A live face and a picture of one are seen together: of the faces large enough to judge, some are `live` and some are not.

    As good as passive liveness is: it sees prints, and lets many screens pass.
    """
    least = max(JUDGED, SECOND * min(faces[0].box[2:])) if faces else 0.0
    judged = [face for face in faces if min(face.box[2:]) >= least][:MOST]
    dead = sum(not live(face) for face in judged) if len(judged) > 1 else 0
    found = 0 < dead < len(judged)
    return Finding(code="printed_face", score=float(dead), threshold=1.0, unit="faces that are not live", level="reject", found=found)


def turned_picture(bgr: np.ndarray, faces: tuple[Face, ...], detect: Callable[[np.ndarray], tuple[Face, ...]]) -> Finding:
    """The picture lies on its side or its head: turned, the detector is surer of its largest face."""
    surest = faces[0].score if faces else 0.0
    better = 0.0
    if surest < UPRIGHT:
        turns = (cv2.rotate(bgr, turn) for turn in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE))
        better = max((found[0].score for turn in turns if (found := detect(turn))), default=0.0) - surest
    return Finding(
        code="turned_picture",
        score=round(better, 3),
        threshold=SURER,
        unit="by which the detector is surer when it is turned",
        level="reject",
        found=better > SURER,
    )


def _share(code: str, faces: tuple[Face, ...], threshold: float, level: str, found: bool) -> Finding:
    score = round(second_share(faces), 3)
    return Finding(code=code, score=score, threshold=threshold, unit="share of the largest face's size", level=level, found=found)
