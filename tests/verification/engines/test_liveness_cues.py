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


LATTICES = {
    "upright bars and rails": [((80, 0), (80, 400)), ((320, 0), (320, 400)), ((0, 60), (400, 60)), ((0, 340), (400, 340))],
    "turned panes": [((70, 0), (98, 400)), ((310, 0), (338, 400)), ((0, 67), (400, 39)), ((0, 347), (400, 319))],
    "the jambs of a door, a rail across it": [
        ((80, 60), (80, 400)),
        ((320, 60), (320, 400)),
        ((80, 60), (320, 60)),
        ((80, 340), (320, 340)),
    ],
}


@pytest.mark.parametrize("lines", LATTICES.values(), ids=LATTICES)
def test_lines_that_go_on_beyond_the_corners_are_no_rim(lines):
    """R-40: bars, tiles and doors enclose a face too, but nothing ends at their corners."""
    picture = _wall()
    for one, other in lines:
        cv2.line(picture, one, other, (225, 225, 225), 9)
    assert rim_support(picture, FACE) < CueLimits().rim


def test_a_sheet_whose_upper_side_lies_along_a_shelf_is_a_rim():
    """One side may meet a line by chance."""
    picture = _sheet(_wall(), [(0, 40), (400, 40), (400, 60), (0, 60)], 60)
    assert rim_support(_sheet(picture, [(80, 60), (320, 60), (320, 340), (80, 340)]), FACE) > CueLimits().rim


def _bars(period: float, angle: float) -> np.ndarray:
    """A wall on which light falls through slats: half of each `period` px in shade, its edges a pixel soft."""
    y, x = np.mgrid[:SIZE, :SIZE]
    place = ((y * np.cos(np.deg2rad(angle)) + x * np.sin(np.deg2rad(angle))) / period) % 1
    light = np.clip((0.25 - np.abs(place - 0.5)) * period + 0.5, 0, 1)
    return np.clip(_wall() * (0.55 + 0.5 * light[..., None]), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("angle", [0, 90])
@pytest.mark.parametrize("period", [21, 30, 44, 70])
def test_bars_of_light_are_no_rows_of_pixels(period, angle):
    """R-40: the sun through a blind or a fence; what stands out at a screen's pitch are overtones."""
    assert max(dots(_bars(period, angle), FACE)) < CueLimits().dots


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
