"""A face that is unfit to be compared says what to do better (P-REG-7)."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from registration.web.findings import FINDINGS
from verification.engines.base import Face
from verification.engines.face.one_face import second_face, several_faces, turned_picture
from verification.engines.face.quality import FaceLimits, face_findings, face_quality

PORTRAITS = ["obama", "obama2", "obama3", "biden", "astronaut", "grace_hopper"]
# where things lie in a face of 112 x 112 px whose eyes are at (38, 52) and (74, 52), mouth at y 92
MASK = [[18, 66], [56, 60], [94, 66], [92, 100], [74, 116], [56, 122], [38, 116], [20, 100]]
GLASSES = [[[23, 42], [53, 42], [51, 64], [25, 64]], [[58, 42], [89, 42], [87, 64], [60, 64]]]


def codes(bgr, face) -> set[str]:
    return {finding.code for finding in face_findings(face_quality(bgr, face)) if finding.found}


def sized(picture, face):
    """The picture reduced until its face is about 200 px wide."""
    scale = 200 / face.box[2]
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def painted(picture, face, polygons, colour):
    """The picture with polygons over its face, given in the face's own 112 px."""
    right_eye, left_eye = face.points[:2].astype(float)
    across = (left_eye - right_eye) / 35.2
    down = np.array([-across[1], across[0]])
    out = picture.copy()
    for polygon in polygons:
        places = [right_eye + (x - 38.3) * across + (y - 51.6) * down for x, y in polygon]
        cv2.fillPoly(out, [np.array(places, np.int32)], colour)
    return cv2.GaussianBlur(out, (0, 0), 1)


@pytest.mark.parametrize("name", PORTRAITS)
def test_a_good_portrait_has_no_finding(faces, name):
    assert codes(*faces[name]) == set()


@pytest.mark.parametrize("condition", ["clean", "print"])
@pytest.mark.parametrize("name", PORTRAITS)
def test_nor_has_a_good_selfie(engines, photographs, name, condition):
    picture = photographs.selfie(name, condition)
    assert codes(picture, engines.face.detect(picture)[0]) == set()


@pytest.mark.parametrize("name", PORTRAITS)
@pytest.mark.parametrize("colour", [(200, 150, 90), (235, 235, 235), (30, 30, 30), (190, 180, 230)], ids=["blue", "white", "black", "pink"])
def test_a_mask_is_seen(engines, faces, name, colour):
    plain = sized(*faces[name])
    picture = painted(plain, engines.face.detect(plain)[0], [MASK], colour)
    found = codes(picture, engines.face.detect(picture)[0])
    assert "mouth_covered" in found
    assert "eyes_covered" not in found


@pytest.mark.parametrize("name", PORTRAITS)
@pytest.mark.parametrize("colour", [(20, 20, 20), (30, 45, 60)], ids=["black", "brown"])
def test_dark_glasses_are_seen(engines, faces, name, colour):
    plain = sized(*faces[name])
    picture = painted(plain, engines.face.detect(plain)[0], GLASSES, colour)
    found = codes(picture, engines.face.detect(picture)[0])
    assert "eyes_covered" in found
    assert "small_face" not in found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda picture: cv2.GaussianBlur(picture, (0, 0), 8), "blur"),
        (lambda picture: (picture * 0.25).astype(np.uint8), "dark_face"),
        (lambda picture: np.clip(picture.astype(float) * 2.2, 0, 255).astype(np.uint8), "bright_face"),
        (lambda picture: cv2.resize(picture, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA), "small_face"),
    ],
    ids=["blurred", "dark", "bright", "small"],
)
def test_each_defect_is_named(engines, faces, change, code):
    picture = change(faces["obama"][0])
    assert code in codes(picture, engines.face.detect(picture)[0])


@pytest.mark.parametrize("name", ["obama", "astronaut", "grace_hopper"])
def test_bars_of_light_are_named_so_that_the_person_finds_even_light(engines, faces, name):
    """P-REG-7: passive liveness takes many people behind blinds for a spoof; they hear what to do while they are there."""
    picture, face = faces[name]
    bars = (np.arange(len(picture)) // max(4, round(face.box[3] / 8))) % 2
    lit = (picture * np.where(bars, 1.0, 0.35)[:, None, None]).astype(np.uint8)
    assert "uneven_light" in codes(lit, engines.face.detect(lit)[0])


@pytest.mark.parametrize(("degrees", "slanted"), [(-30, True), (-8, False), (0, False), (30, True)])
@pytest.mark.parametrize("name", ["obama", "obama2", "grace_hopper"])
def test_a_slanted_head_is_named(engines, faces, name, degrees, slanted):
    picture, face = faces[name]
    centre = face.points.mean(axis=0).astype(float).tolist()
    turned = cv2.warpAffine(picture, cv2.getRotationMatrix2D(centre, -degrees, 1), (picture.shape[1], picture.shape[0]))
    found = engines.face.detect(turned)[0]
    assert ("slanted_head" in codes(turned, found)) == slanted
    assert degrees == 0 or np.sign(face_quality(turned, found).roll) == np.sign(degrees)


def _drawn(nose=(50.0, 60.0), mouth=80.0) -> Face:
    """A face of points alone: eyes at (35, 40) and (65, 40)."""
    points = np.array([[35, 40], [65, 40], nose, [38, mouth], [62, mouth]], np.float32)
    return Face(box=(10, 10, 90, 100), points=points, score=0.9)


@pytest.mark.parametrize(
    ("nose", "code"),
    [
        ((50, 62), None),
        ((58, 62), None),
        ((60, 62), "turned_head"),
        ((40, 62), "turned_head"),
        ((50, 52), "tipped_head"),
        ((50, 72), "tipped_head"),
    ],
)
def test_the_nose_tells_where_the_head_looks(nose, code):
    """The eyes are 30 px apart: a third of that off the middle is a head turned; the mouth lies 40 px below them."""
    quality = face_quality(np.full((120, 120, 3), 128, np.uint8), _drawn(nose))
    pose = {finding.code for finding in face_findings(quality) if finding.found} & {"turned_head", "tipped_head", "slanted_head"}
    assert pose == ({code} if code else set())


@pytest.mark.parametrize(
    ("measured", "code", "score", "threshold"),
    [
        ({"mouth_detail": 0.2}, "mouth_covered", 0.2, 0.35),
        ({"chin_colour": 30.0}, "mouth_covered", 30.0, 20.0),
        ({"mouth_detail": 2.5}, "eyes_covered", 2.5, 1.8),
        ({"eye_light": 0.1}, "eyes_covered", 0.1, 0.35),
    ],
)
def test_cover_is_found_by_either_cue_and_the_finding_names_it(faces, measured, code, score, threshold):
    quality = replace(face_quality(*faces["obama"]), **measured)
    [found] = [finding for finding in face_findings(quality) if finding.found]
    assert (found.code, found.score, found.threshold) == (code, score, threshold)


def test_eyes_over_a_white_mask_are_not_taken_for_dark(faces):
    """Where the cheeks are covered, they say nothing of the light on the eyes."""
    quality = replace(face_quality(*faces["obama"]), chin_colour=30.0, eye_light=0.2)
    assert [finding.code for finding in face_findings(quality) if finding.found] == ["mouth_covered"]


def test_limits_are_the_callers(faces):
    quality = face_quality(*faces["obama"])
    [finding] = [finding for finding in face_findings(quality, FaceLimits(side=500)) if finding.found]
    assert (finding.code, finding.threshold, finding.level) == ("small_face", 500, "reject")


@given(
    arrays(np.uint8, (24, 24, 3)),
    arrays(np.float32, (5, 2), elements=st.floats(-500, 500, width=32)),
    st.tuples(*[st.floats(-100, 100)] * 2, *[st.floats(0, 200)] * 2),
)
@settings(deadline=None, max_examples=60)
def test_no_points_break_it(bgr, points, box):
    """Points may fall together or outside the picture."""
    for finding in face_findings(face_quality(bgr, Face(box=box, points=points, score=0.6))):
        assert np.isfinite(finding.score)


@pytest.mark.parametrize(
    ("share", "code"),
    [(1.0, "several_faces"), (0.5, "several_faces"), (0.49, "second_face"), (0.1, "second_face"), (0.09, None)],
)
def test_another_face_is_named_by_its_size(share, code):
    """About as large: unclear who is meant. Smaller: perhaps a portrait held up. Far smaller: somebody far behind."""
    both = tuple(Face(box=(0, 0, size, size * 1.3), points=np.zeros((5, 2)), score=0.9) for size in (200, 200 * share))
    assert [finding.code for finding in (several_faces(both), second_face(both)) if finding.found] == ([code] if code else [])


def test_every_finding_tells_its_person_what_to_do(faces):
    for finding in (*face_findings(face_quality(*faces["obama"])), several_faces(()), second_face(())):
        assert finding.code in FINDINGS


@pytest.mark.parametrize("name", ["obama", "obama2", "obama3", "biden", "astronaut", "grace_hopper"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_picture_on_its_side_or_head_is_named(engines, faces, name, turns):
    """P-REG-7: on its head a face looks covered, and like somebody else's: the person hears what is really the matter."""
    picture = np.ascontiguousarray(np.rot90(faces[name][0], turns))
    found = engines.face.detect(picture)
    assert turned_picture(picture, found, engines.face.detect).found is (turns != 0)
