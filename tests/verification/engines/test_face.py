"""Genuine pairs match, impostors don't, by the calibrated thresholds; with real models and public-domain portraits."""

import cv2
import numpy as np
import pytest
from PIL import ImageFile

from verification.engines.face.dlib_resnet import DistanceThresholds, dlib_box
from verification.engines.face.sface import FaceThresholds, SFaceEngine, YuNetDetector

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


@pytest.mark.parametrize("shape", [(16, 30_000), (30_000, 16), (1, 1), (17, 17)])
def test_a_strip_has_no_face(engines, shape):
    assert engines.face.detect(np.full((*shape, 3), 128, np.uint8)) == ()


@pytest.mark.parametrize("level", [0, 255])
def test_an_empty_picture_has_no_face(engines, level):
    assert engines.face.detect(np.full((480, 640, 3), level, np.uint8)) == ()


@pytest.mark.parametrize(("match", "review"), [(1.1, 0.4), (float("nan"), 0.3), (0.4, -1.5)])
def test_thresholds_that_no_cosine_can_meet_are_refused(match, review):
    with pytest.raises(ValueError, match="cosines lie in"):
        FaceThresholds(match=match, review=review)


def test_a_review_above_the_match_is_refused_where_it_is_asked_for_and_is_none_where_it_was_set(engines):
    """Compliance sets the two one after the other: between, the match alone decides and nothing stops."""
    with pytest.raises(ValueError, match="below the match"):
        FaceThresholds.at(match=0.4, review=0.5)
    limits = FaceThresholds(match=0.4, review=0.6)
    one = np.array([1, 0], np.float64)
    verdicts = [engines.face.compare(one, np.array([score, 0]), thresholds=limits).verdict for score in (0.41, 0.39)]
    assert verdicts == ["match", "no_match"]


def test_the_same_picture_is_sought_through_once(models, faces, monkeypatch):
    """Several checks look at one selfie; what was found is shared, so nobody may change it."""
    detector, picture = YuNetDetector(models), faces["biden"][0]
    found = detector.detect(picture)
    monkeypatch.setattr(detector, "_detect", lambda *_: pytest.fail("sought again"))
    assert detector.detect(picture.copy()) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0].points[0] = 0


def test_an_array_that_is_filled_anew_is_another_picture(models, faces):
    """As a reader of videos does with its frames."""
    detector, frame = YuNetDetector(models), faces["biden"][0].copy()
    assert len(detector.detect(frame)) == 1
    frame[:] = 0
    assert detector.detect(frame) == ()


def test_few_pictures_are_remembered(models):
    detector = YuNetDetector(models)
    for level in range(40):
        detector.detect(np.full((40, 40, 3), level, np.uint8))
    assert len(detector._found) == 32


def test_the_second_engine_is_selectable_and_separates(models, faces):
    from verification.engines import engines as choose

    engine = choose(models, face="dlib").face
    assert engine.name == "yunet+dlib-resnet"
    genuine, impostor = compare(engine, faces, "obama", "obama3"), compare(engine, faces, "obama", "biden")
    assert genuine.verdict == "match"
    assert impostor.verdict == "no_match"
    assert genuine.score < genuine.match_threshold == 0.4 < impostor.score
    assert not genuine.higher_is_closer


def test_the_second_engine_s_templates_are_those_of_face_recognition(models, faces, monkeypatch):
    """It runs the package's models without importing the package, which loads more than may be used."""
    # the import has Pillow fill up truncated files, for the whole process
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    import face_recognition

    from verification.engines import engines as choose

    engine, (picture, face) = choose(models, face="dlib").face, faces["obama2"]
    left, top, right, bottom = dlib_box(face)
    [theirs] = face_recognition.face_encodings(np.ascontiguousarray(picture[:, :, ::-1]), [(top, right, bottom, left)], model="small")
    assert np.abs(engine.embed(picture, face) - theirs).max() < 1e-5


def test_the_second_engine_s_box_is_like_the_one_of_dlib_s_own_detector(faces):
    """Found by face_recognition.face_locations on these photographs: left, top, right, bottom."""
    for name, theirs in (("obama", (349, 142, 617, 409)), ("grace_hopper", (180, 139, 366, 325)), ("biden", (419, 241, 740, 562))):
        side = theirs[2] - theirs[0]
        assert np.abs(np.array(dlib_box(faces[name][1])) - theirs).max() < 0.15 * side


@pytest.mark.parametrize(("match", "review"), [(0.6, 0.6), (0.4, 0.6), (0.55, 0.55), (0.5, 0.4), (0, 0.4)])
def test_the_second_engine_refuses_the_tolerance_that_accepts_impostors(match, review):
    """At 0.6, the library's own default, 38.7 % of East Asian impostor pairs pass."""
    with pytest.raises(ValueError, match="38.7"):
        DistanceThresholds(match=match, review=review)
