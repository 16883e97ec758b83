"""The cues beside the model: each finds what it is for, and none minds a poor camera (R-40)."""

import cv2
import numpy as np
import pytest

from verification.engines.base import Face
from verification.engines.liveness.cues import CueLimits, cues
from verification.engines.liveness.dots import dots
from verification.engines.liveness.rim import rim_support

pytestmark = pytest.mark.slow

SIZE = 400
FACE = Face(box=(150.0, 110.0, 100.0, 130.0), points=np.zeros((5, 2), np.float32), score=0.9)


def found(engines, picture) -> set[str]:
    return {cue.code for cue in cues(picture, engines.face.detect(picture)[0]) if cue.found}


def _wall() -> np.ndarray:
    """Plain, with a camera's noise."""
    return np.clip(np.random.default_rng(7).normal(120, 3, (SIZE, SIZE, 3)), 0, 255).astype(np.uint8)


def _sheet(picture: np.ndarray, corners, colour: int = 230) -> np.ndarray:
    return cv2.fillPoly(picture, [np.array(corners, np.int32)], (colour, colour, colour))


@pytest.mark.parametrize(
    "corners",
    [
        [(80, 60), (320, 60), (320, 340), (80, 340)],
        [(90, 50), (330, 80), (305, 350), (70, 320)],
    ],
    ids=["straight", "turned"],
)
def test_a_sheet_around_the_face_is_a_rim(corners):
    assert rim_support(_sheet(_wall(), corners), FACE) > CueLimits().rim


@pytest.mark.parametrize(
    "corners",
    [
        [(10, 60), (130, 60), (130, 340), (10, 340)],
        [(80, 60), (320, 60), (320, 180), (80, 180)],
        [(80, 60), (320, 60), (320, 400), (80, 400)],
    ],
    ids=["beside the face", "behind its forehead", "a door down to the floor"],
)
def test_a_rectangle_that_does_not_enclose_the_face_is_none(corners):
    assert rim_support(_sheet(_wall(), corners), FACE) < CueLimits().rim / 2


def test_a_person_hides_the_lower_side_of_what_is_behind_them():
    """A picture on the wall encloses the head, but the shoulders are in front of it."""
    behind = _sheet(_wall(), [(80, 60), (320, 60), (320, 300), (80, 300)])
    assert rim_support(behind, FACE) > CueLimits().rim
    cv2.ellipse(behind, (200, 400), (110, 140), 0, 0, 360, (60, 50, 90), -1)
    assert rim_support(behind, FACE) < CueLimits().rim


@pytest.mark.parametrize("colour", [0, 255])
def test_padding_is_no_rim(colour):
    """Aligned crops of faces come with turned black wedges, others with white bars."""
    padded = _sheet(np.full((SIZE, SIZE, 3), colour, np.uint8), [(70, 50), (340, 66), (330, 350), (60, 338)], 120)
    assert rim_support(padded, FACE) == 0.0


@pytest.mark.parametrize(("angle", "which"), [(45, 0), (20, 0), (0, 1), (90, 1)])
@pytest.mark.parametrize("pitch", [3.1, 7.3])
def test_a_regular_pattern_stands_out_along_its_direction(angle, which, pitch):
    """An amplitude of six grey levels under noise of three."""
    y, x = np.mgrid[:SIZE, :SIZE]
    wave = 6 * np.sin(2 * np.pi * (x * np.cos(np.deg2rad(angle)) + y * np.sin(np.deg2rad(angle))) / pitch)
    picture = np.clip(_wall() + wave[..., None], 0, 255).astype(np.uint8)
    assert dots(picture, FACE)[which] > CueLimits().dots
    assert max(dots(_wall(), FACE)) < CueLimits().dots


@pytest.mark.parametrize("quality", [20, 50, 90])
@pytest.mark.parametrize("width", [64, 110, 300])
@pytest.mark.parametrize("name", ["obama", "obama2", "obama3", "biden", "astronaut", "grace_hopper"])
def test_a_poor_camera_is_no_attack(engines, faces, name, width, quality):
    """BPCER counts as much as APCER: few pixels and hard compression alone never hold up a person."""
    picture, face = faces[name]
    scale = width / face.box[2]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    poor = cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    assert {cue.code for cue in cues(poor, engines.face.detect(poor)[0]) if cue.found} == set()


@pytest.mark.parametrize(("condition", "code"), [("recapture", "recapture"), ("print", "rim"), ("clean", None)])
def test_a_specimen_selfie_is_known_by_its_cue(engines, photographs, condition, code):
    seen = found(engines, photographs.selfie("obama", condition))
    assert code in seen if code else not seen


@pytest.mark.parametrize("box", [(-40, -30, 300, 300), (0, 0, 4, 4), (390, 390, 30, 30), (0, 0, 400, 400)])
def test_no_face_box_breaks_a_cue(box):
    face = Face(box=box, points=np.zeros((5, 2), np.float32), score=0.9)
    assert [cue.code for cue in cues(_wall(), face)] == ["dots", "lines", "rim", "recapture"]
    assert len(cues(_wall()[:20, :20], face)) == 4
