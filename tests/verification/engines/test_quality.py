"""Each defect is named, and a good photograph has none (P-REG-7)."""

import cv2
import numpy as np
import pytest

from demo.specimens.reproductions import halftone
from verification.engines import quality
from verification.engines.document.recapture import Ripple, colour_ripple
from verification.engines.quality import QualityLimits, examine, examine_selfie, worst

CODES = {"dark", "photocopy", "low_resolution", "cut_off", "several_cards", "blur", "glare", "recapture"}


def found(engines, picture) -> dict[str, str]:
    findings = examine(picture, engines.locator.locate(picture))
    assert {finding.code for finding in findings} == CODES
    return {finding.code: finding.level for finding in findings if finding.found}


@pytest.mark.parametrize("condition", ["clean", "tilted", "rotated_90"])
@pytest.mark.parametrize("side", ["front", "back"])
def test_a_good_photograph_has_no_finding(engines, photographs, side, condition):
    assert found(engines, photographs.card(side, condition)) == {}


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("dark", {"dark": "reject", "blur": "warn"}),
        ("blur", {"blur": "warn"}),
        ("motion_blur", {"blur": "warn"}),
        ("glare", {"glare": "warn"}),
        ("low_resolution", {"low_resolution": "reject", "blur": "warn"}),
        ("cut_off", {"cut_off": "reject"}),
        ("photocopy", {"photocopy": "reject"}),
        ("recapture", {"recapture": "reject"}),
    ],
)
def test_each_defect_is_named(engines, photographs, side, condition, expected):
    assert found(engines, photographs.card(side, condition)) == expected


@pytest.mark.parametrize(("scale", "jpeg"), [(1.0, 50), (0.7, 85), (0.5, 80)])
def test_recapture_survives_what_a_messenger_does_to_a_picture(photographs, scale, jpeg):
    limits = QualityLimits()

    def after(picture):
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return colour_ripple(cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, jpeg])[1], 1))

    assert after(photographs.card("front", "recapture")).amplitude > limits.recapture_amplitude
    assert after(photographs.card("front", "clean")).amplitude < limits.recapture_amplitude / 2


@pytest.mark.parametrize("pitch", [3.5, 5.0])
def test_a_card_printed_in_dots_is_a_recapture(engines, photographs, pitch):
    """The ripple does not see it: ink's dots have one lightness, not one colour (P-REG-7)."""
    printed = halftone(photographs.card("front")[:, :, ::-1], np.random.default_rng(1), pitch=pitch)[:, :, ::-1]
    seen = cv2.GaussianBlur(np.ascontiguousarray(printed), (0, 0), 0.8)
    assert found(engines, seen)["recapture"] == "reject"


@pytest.mark.parametrize(
    ("regular", "amplitude", "prominence", "expected"),
    [
        (1.9, 2.9, 1000.0, None),
        (1.9, 6.0, 271.0, None),  # as a genuine card had
        (1.9, 6.0, 300.0, "reject"),
        (2.0, 6.0, 130.0, "reject"),
        (2.3, 0.5, 50.0, "warn"),
        (3.0, 0.5, 50.0, "reject"),
    ],
)
def test_grain_and_ripple_are_weighed_together(monkeypatch, engines, photographs, regular, amplitude, prominence, expected):
    monkeypatch.setattr(quality, "grain", lambda *_: regular)
    monkeypatch.setattr(quality, "colour_ripple", lambda *_: Ripple(amplitude, prominence))
    assert found(engines, photographs.card("front")).get("recapture") == expected


def test_between_400_and_600_px_resolution_only_warns(engines, photographs):
    small = cv2.resize(photographs.card("front"), None, fx=0.37, fy=0.37, interpolation=cv2.INTER_AREA)
    assert found(engines, small)["low_resolution"] == "warn"


def test_limits_are_the_callers(engines, photographs):
    picture = photographs.card("front")
    findings = examine(picture, engines.locator.locate(picture), QualityLimits(dark_luma=250))
    dark = next(finding for finding in findings if finding.code == "dark")
    assert dark.found
    assert dark.threshold == 250
    assert worst(findings) == "reject"


def test_an_empty_picture_does_not_break_it(engines):
    assert found(engines, np.zeros((300, 300, 3), np.uint8))["dark"] == "reject"


@pytest.mark.parametrize("name", ["obama", "obama2", "obama3", "biden", "astronaut", "grace_hopper"])
def test_a_good_selfie_has_no_finding(faces, name):
    picture, face = faces[name]
    assert [finding.code for finding in examine_selfie(picture, (face,)) if finding.found] == []


def test_no_face_is_all_there_is_to_say():
    findings = examine_selfie(np.full((400, 400, 3), 128, np.uint8), ())
    assert [(finding.code, finding.found) for finding in findings] == [("no_face", True)]


def test_two_people_side_by_side_are_several(engines, faces):
    """The nearer person is not guessed at."""
    one, other = (cv2.resize(faces[name][0], (600, 750)) for name in ("obama", "grace_hopper"))
    together = np.hstack([one, other])
    codes = {finding.code for finding in examine_selfie(together, engines.face.detect(together)) if finding.found}
    assert "several_faces" in codes


def test_a_small_blurred_face_is_named(engines, faces):
    tiny = cv2.GaussianBlur(cv2.resize(faces["obama"][0], None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), (0, 0), 3)
    codes = {finding.code for finding in examine_selfie(tiny, engines.face.detect(tiny)) if finding.found}
    assert {"small_face", "blur"} <= codes


def test_the_version_is_named():
    assert quality.VERSION
