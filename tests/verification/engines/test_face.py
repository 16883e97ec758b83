"""Genuine pairs match, impostors don't, by the calibrated thresholds; with real models and public-domain portraits."""

import cv2
import numpy as np
import pytest

from verification.engines.face import FaceThresholds, SFaceEngine, face_quality
from verification.engines.face_dlib import DistanceThresholds

GENUINE = [("obama", "obama2"), ("obama", "obama3"), ("obama2", "obama3")]
IMPOSTORS = [("obama", "biden"), ("obama3", "grace_hopper"), ("astronaut", "grace_hopper"), ("biden", "astronaut")]


def compare(engine, faces, one, other):
    return engine.compare(engine.embed(*faces[one]), engine.embed(*faces[other]))


@pytest.mark.parametrize(("one", "other"), GENUINE)
def test_one_person_in_two_photographs_matches(engines, faces, one, other):
    match = compare(engines.face, faces, one, other)
    assert match.verdict == "match"
    assert match.score >= 0.6


@pytest.mark.parametrize(("one", "other"), IMPOSTORS)
def test_two_people_don_t_match(engines, faces, one, other):
    match = compare(engines.face, faces, one, other)
    assert match.verdict == "no_match"
    assert match.score < 0.25


def test_the_portrait_on_a_photographed_card_matches_its_owner(engines, photographs, faces):
    card = engines.document.locate(photographs.card("front")).card
    portrait = engines.face.detect(card)[0]
    on_card = engines.face.embed(card, portrait)
    assert engines.face.compare(on_card, engines.face.embed(*faces["obama3"])).verdict == "match"
    assert engines.face.compare(on_card, engines.face.embed(*faces["biden"])).verdict == "no_match"


@pytest.mark.parametrize(
    ("score", "verdict"), [(0.42, "match"), (0.4199, "review"), (0.36, "review"), (0.3599, "no_match"), (-0.2, "no_match")]
)
def test_thresholds_are_the_measured_ones(engines, score, verdict):
    """Match from 0.42, a person decides from 0.36, no match below (MatchVerdict)."""
    one = np.array([1, 0], np.float64)
    other = np.array([score, np.sqrt(1 - score**2)], np.float64)
    match = SFaceEngine.compare(engines.face, one, other)
    assert match.verdict == verdict
    assert (match.match_threshold, match.review_threshold) == (0.42, 0.36)


def test_thresholds_arrive_by_argument(engines, faces):
    template = engines.face.embed(*faces["obama"])
    other = engines.face.embed(*faces["obama2"])
    assert engines.face.compare(template, other, thresholds=FaceThresholds(match=0.9, review=0.5)).verdict == "review"


def test_a_template_is_of_unit_length_and_repeatable(engines, faces):
    one, again = engines.face.embed(*faces["biden"]), engines.face.embed(*faces["biden"])
    assert one.shape == (128,)
    assert one.dtype == np.float32
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(one, again)


def test_faces_come_largest_first_with_points_in_the_picture_s_own_pixels(engines, faces):
    large, small = faces["obama"][0], cv2.resize(faces["grace_hopper"][0], None, fx=0.5, fy=0.5)
    together = np.zeros((1200, 1400, 3), np.uint8)
    together[: large.shape[0], : large.shape[1]] = large[:1200]
    together[: small.shape[0], 1000 : 1000 + small.shape[1]] = small
    found = engines.face.detect(together)
    assert len(found) == 2
    assert found[0].box[2] > found[1].box[2]
    for face in found:
        x, y, width, height = face.box
        assert ((face.points > (x, y)) & (face.points < (x + width, y + height))).all()


@pytest.mark.parametrize("level", [0, 255])
def test_an_empty_picture_has_no_face(engines, level):
    assert engines.face.detect(np.full((480, 640, 3), level, np.uint8)) == ()


def test_quality_tells_frontal_from_turned_and_sharp_from_blurred(faces):
    frontal, turned = face_quality(*faces["obama"]), face_quality(*faces["obama2"])
    assert frontal.asymmetry < 0.1 < turned.asymmetry
    picture, face = faces["obama"]
    assert face_quality(cv2.GaussianBlur(picture, (0, 0), 6), face).sharpness < frontal.sharpness / 5
    assert frontal.size == pytest.approx(240, abs=10)


def test_the_second_engine_is_selectable_and_separates(models, faces):
    from verification.engines import engines as choose

    engine = choose(models, face="dlib").face
    assert engine.name == "yunet+dlib-resnet"
    genuine, impostor = compare(engine, faces, "obama", "obama3"), compare(engine, faces, "obama", "biden")
    assert genuine.verdict == "match"
    assert impostor.verdict == "no_match"
    assert genuine.score < genuine.match_threshold == 0.4 < impostor.score
    assert not genuine.higher_is_closer


@pytest.mark.parametrize(("match", "review"), [(0.6, 0.6), (0.4, 0.6), (0.55, 0.55), (0.5, 0.4), (0, 0.4)])
def test_the_second_engine_refuses_the_tolerance_that_accepts_impostors(match, review):
    """At 0.6, the library's own default, 38.7 % of East Asian impostor pairs pass."""
    with pytest.raises(ValueError, match="38.7"):
        DistanceThresholds(match=match, review=review)
