"""Face match and passive liveness: what is made of what the engines say (the engines have tests of their own)."""

import hashlib
from types import SimpleNamespace

import numpy as np
import pytest

from registration.states import CaptureKind
from tests.verification.checks.conftest import capture
from verification.checks import face_match, faces, liveness_passive
from verification.engines.base import Face
from verification.states import CheckKind, CheckStatus

CAPTURES = [capture(CaptureKind.DOCUMENT_FRONT), capture(CaptureKind.SELFIE)]


def _face(size: float) -> Face:
    return Face(box=(0, 0, size, size), points=np.zeros((5, 2)), score=0.9)


@pytest.fixture
def said(monkeypatch):
    """Change what the engines say: by default one face, a match, live, no recapture."""
    said = SimpleNamespace(portrait=[_face(100)], selfie=[_face(100)], verdict="match", score=0.7, live=True, recapture=False, card=False)
    sizes = {CaptureKind.DOCUMENT_FRONT: "portrait", CaptureKind.SELFIE: "selfie"}
    face = SimpleNamespace(
        name="face",
        version="1",
        detect=lambda picture: getattr(said, sizes[picture]),
        embed=lambda picture, face: picture,
        compare=lambda one, other, thresholds: SimpleNamespace(score=said.score, match_threshold=thresholds.match, verdict=said.verdict),
    )
    liveness = SimpleNamespace(
        name="liveness",
        version="1",
        judge=lambda picture, face, threshold: SimpleNamespace(score=said.score, threshold=threshold, live=said.live),
    )
    document = SimpleNamespace(shows_card=lambda picture: said.card)
    for module in (face_match, liveness_passive, faces):
        monkeypatch.setattr(module, "engines", lambda: SimpleNamespace(face=face, liveness=liveness, document=document))
    for module in (face_match, liveness_passive):
        monkeypatch.setattr(module, "picture_of", lambda each: each.kind)
        monkeypatch.setattr("realname.policy.value", lambda parameter: parameter.default)
    findings = lambda picture, faces: [SimpleNamespace(code="recapture", found=said.recapture, score=5.0, threshold=3.5)]  # noqa: E731
    monkeypatch.setattr(liveness_passive, "examine_selfie", findings)
    return said


@pytest.mark.parametrize(
    ("verdict", "status", "reason"),
    [
        ("match", CheckStatus.PASSED, ""),
        ("review", CheckStatus.INCONCLUSIVE, "FACE_UNCERTAIN"),
        ("no_match", CheckStatus.FAILED, "FACE_MISMATCH"),
    ],
)
def test_face_match(run, said, verdict, status, reason):
    """P-VER-7: score and threshold are kept whatever comes out."""
    said.verdict = verdict
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason, result.score, result.threshold) == (status, reason, 0.7, 0.42)
    both = "".join(each.digest for each in CAPTURES)
    assert result.input_digest == hashlib.sha256(both.encode()).hexdigest()


@pytest.mark.parametrize("faces_seen", [[], [_face(100), _face(60)]], ids=["none", "two people"])
@pytest.mark.parametrize("kind", [CheckKind.FACE_MATCH, CheckKind.LIVENESS_PASSIVE])
def test_a_selfie_without_its_one_face_is_asked_for_again(run, said, kind, faces_seen):
    """Not checked is never a pass, and never a mismatch."""
    said.selfie = faces_seen
    result = run(kind, captures=CAPTURES)
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "FACE_NOT_FOUND")


def test_a_face_in_the_background_is_no_second_person(run, said):
    said.selfie = [_face(100), _face(30)]
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).status == CheckStatus.PASSED


def test_a_card_may_show_its_portrait_twice_but_not_never(run, said):
    said.portrait = [_face(100), _face(80)]
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).status == CheckStatus.PASSED
    said.portrait = []
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).status == CheckStatus.INCONCLUSIVE


@pytest.mark.parametrize(
    ("live", "recapture", "status"),
    [
        (True, False, CheckStatus.PASSED),
        (False, False, CheckStatus.FAILED),
        (True, True, CheckStatus.FAILED),
    ],
)
def test_either_cue_fails_liveness(run, said, live, recapture, status):
    said.live, said.recapture = live, recapture
    result = run(CheckKind.LIVENESS_PASSIVE, captures=CAPTURES)
    assert result.status == status
    assert result.reason == ("" if status == CheckStatus.PASSED else "LIVENESS_FAILED")


def test_one_picture_used_twice_is_a_persons_to_judge_however_well_it_matches(run, said):
    """P-REG-3: two photographs of one person are never that much alike."""
    said.score = 0.99
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason) == (CheckStatus.FAILED, "SAME_PICTURE")


def test_a_card_held_up_for_a_selfie_is_not_live(run, said):
    said.card = True
    result = run(CheckKind.LIVENESS_PASSIVE, captures=CAPTURES)
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "LIVENESS_FAILED", ["document_shown"])
