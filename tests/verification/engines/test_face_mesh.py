"""The shape of a face: its points lie where the face is, however the picture is turned or scaled."""

import cv2
import numpy as np
import pytest

NAMES = ["obama", "obama2", "obama3", "biden", "grace_hopper", "astronaut"]
EYE_CORNERS, NOSE_TIP, MOUTH_CORNERS = ((33, 133), (263, 362)), 1, (61, 291)


@pytest.mark.parametrize("name", NAMES)
def test_the_points_lie_where_the_detector_saw_eyes_and_mouth(engines, faces, name):
    """Two models that know nothing of each other agree to a fifth of the distance of the eyes."""
    picture, face = faces[name]
    mesh = engines.mesh.locate(picture, face)
    between = np.linalg.norm(face.points[1] - face.points[0])
    seen = [mesh.points[list(corners), :2].mean(axis=0) for corners in EYE_CORNERS]
    seen += [mesh.points[corner, :2] for corner in MOUTH_CORNERS]
    wanted = [face.points[0], face.points[1], face.points[3], face.points[4]]
    assert mesh.points.shape == (468, 3)
    assert mesh.presence > 0.95
    assert max(np.linalg.norm(one - other) for one, other in zip(seen, wanted, strict=True)) < between / 5


def test_where_there_is_no_face_presence_says_so(engines, faces):
    picture, face = faces["obama"]
    mesh = engines.mesh.locate(np.full_like(picture, 128), face)
    assert mesh.presence < 0.5


def test_a_tilted_head_gives_the_same_shape(engines, faces):
    """The picture turned by 25 degrees: the points turn with it."""
    picture, face = faces["grace_hopper"]
    turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), 25, 1.0)
    tilted = cv2.warpAffine(picture, turn, (picture.shape[1], picture.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    level, turned = engines.mesh.locate(picture, face), engines.mesh.locate(tilted, engines.face.detect(tilted)[0])
    expected = level.points[:, :2] @ turn[:, :2].T + turn[:, 2]
    between = np.linalg.norm(face.points[1] - face.points[0])
    assert np.linalg.norm(turned.points[:, :2] - expected, axis=1).mean() < between / 15


def test_both_eyes_are_measured_alike(engines, faces):
    """The left eye is shown to the model mirrored: a mirrored picture swaps the two figures."""
    picture, face = faces["astronaut"]
    right, left = engines.mesh.eye_openness(picture, engines.mesh.locate(picture, face))
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    swapped = engines.mesh.eye_openness(mirrored, engines.mesh.locate(mirrored, engines.face.detect(mirrored)[0]))
    assert swapped == pytest.approx((left, right), rel=0.15)
