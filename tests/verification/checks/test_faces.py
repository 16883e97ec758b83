"""Face match and passive liveness: what is made of what the engines say (the engines have tests of their own)."""

import hashlib
from types import SimpleNamespace

import numpy as np
import pytest

from realname.policy.values import DEFAULTS
from registration.states import CaptureKind
from tests.verification.checks.conftest import capture
from verification.checks import card_shown, face_match, faces, liveness_passive
from verification.engines.base import Face
from verification.states import CheckKind, CheckStatus

CAPTURES = [capture(CaptureKind.DOCUMENT_FRONT), capture(CaptureKind.SELFIE)]


def _face(size: float) -> Face:
    return Face(box=(0, 0, size, size), points=np.zeros((5, 2)), score=0.9)


@pytest.fixture
def said(monkeypatch):
    """Change what the engines say: by default one face, a match, live, no recapture."""
    said = SimpleNamespace(portrait=[_face(100)], selfie=[_face(100)], score=0.7, pixels=0.4)
    # `dead` is a face that is not live though the others are
    said.live, said.dead, said.cues, said.card = True, None, [], False
    sizes = {CaptureKind.DOCUMENT_FRONT: "portrait", CaptureKind.SELFIE: "selfie"}
    face = SimpleNamespace(
        name="face",
        version="1",
        detect=lambda picture: getattr(said, sizes[picture]),
        embed=lambda picture, face: picture,
        compare=lambda one, other, thresholds: SimpleNamespace(score=said.score, match_threshold=thresholds.match),
    )
    liveness = SimpleNamespace(
        name="liveness",
        version="1",
        judge=lambda picture, face, threshold: SimpleNamespace(
            score=said.score,
            threshold=threshold,
            live=said.live and face is not said.dead,
            found=[SimpleNamespace(code=code) for code in said.cues],
        ),
    )
    monkeypatch.setattr(face_match, "picture_likeness", lambda *faces: said.pixels)
    document = SimpleNamespace(shows_card=lambda picture: said.card)
    for module in (face_match, liveness_passive, faces, card_shown):
        monkeypatch.setattr(module, "engines", lambda: SimpleNamespace(face=face, liveness=liveness, document=document))
    monkeypatch.setattr(face_match, "upright_card", lambda each: each.kind)
    for module in (face_match, liveness_passive):
        monkeypatch.setattr(module, "picture_of", lambda each: each.kind)
        monkeypatch.setattr("realname.policy.value", lambda parameter: parameter.default)
        monkeypatch.setattr("realname.policy.current", lambda: DEFAULTS)
    return said


@pytest.mark.parametrize(
    ("score", "status", "reason"),
    [
        (0.42, CheckStatus.PASSED, ""),
        (0.4199, CheckStatus.INCONCLUSIVE, "FACE_UNCERTAIN"),
        (0.36, CheckStatus.INCONCLUSIVE, "FACE_UNCERTAIN"),
        (0.3599, CheckStatus.FAILED, "FACE_MISMATCH"),
    ],
)
def test_face_match(run, said, score, status, reason):
    """P-VER-7: score and threshold are kept whatever comes out."""
    said.score = score
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason, result.score, result.threshold) == (status, reason, score, 0.42)
    both = "".join(each.digest for each in CAPTURES)
    assert result.input_digest == hashlib.sha256(both.encode()).hexdigest()


@pytest.mark.parametrize(
    ("faces_seen", "kind", "reason"),
    [
        ([], CheckKind.FACE_MATCH, "FACE_NOT_FOUND"),
        ([], CheckKind.LIVENESS_PASSIVE, "FACE_NOT_FOUND"),
        ([_face(100), _face(60)], CheckKind.FACE_MATCH, "SEVERAL_FACES"),
        ([_face(100), _face(60)], CheckKind.LIVENESS_PASSIVE, "SEVERAL_FACES"),
    ],
)
def test_a_selfie_without_its_one_face_is_asked_for_again(run, said, faces_seen, kind, reason):
    """Not checked is never a pass, and never a mismatch."""
    said.selfie = faces_seen
    result = run(kind, captures=CAPTURES)
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, reason)
    assert all(finding.startswith("selfie:") for finding in result.findings)


@pytest.mark.parametrize(("size", "findings"), [(30, ["selfie:second_face"]), (9, [])])
def test_a_face_in_the_background_is_no_second_person(run, said, size, findings):
    said.selfie = [_face(100), _face(size)]
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.findings) == (CheckStatus.PASSED, findings)


@pytest.mark.parametrize("size", [100, 45])
@pytest.mark.parametrize("printed", [0, 1], ids=["larger", "smaller"])
def test_a_picture_of_a_face_beside_a_live_one_is_neither_compared_nor_held_against_anybody(run, said, size, printed):
    """Whichever of the two is the picture: who is meant is not known, and what it matches means nothing (P-REG-3)."""
    said.selfie = [_face(120), _face(size)]
    said.dead = said.selfie[printed]
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason, result.score) == (CheckStatus.INCONCLUSIVE, "PRINTED_FACE", None)


def test_a_face_too_small_to_be_judged_is_only_noted(run, said):
    said.selfie = [_face(120), _face(39)]
    said.dead = said.selfie[1]
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).findings == ["selfie:second_face"]


def test_a_card_may_show_its_portrait_twice_but_not_never(run, said):
    said.portrait = [_face(100), _face(80)]
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).status == CheckStatus.PASSED
    said.portrait = []
    assert run(CheckKind.FACE_MATCH, captures=CAPTURES).status == CheckStatus.INCONCLUSIVE


@pytest.mark.parametrize("cues", [[], ["rim"], ["dots", "recapture"]])
def test_what_is_not_live_fails_and_says_by_what(run, said, cues):
    """R-40, P-VER-7"""
    said.live, said.cues, said.score = False, cues, 0.04
    result = run(CheckKind.LIVENESS_PASSIVE, captures=CAPTURES)
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "LIVENESS_FAILED", cues)
    assert (result.score, result.threshold) == (0.04, 0.5)


def test_what_is_live_passes(run, said):
    result = run(CheckKind.LIVENESS_PASSIVE, captures=CAPTURES)
    assert (result.status, result.reason, result.findings) == (CheckStatus.PASSED, "", [])


def test_one_picture_used_twice_is_a_persons_to_judge_however_well_it_matches(run, said):
    """P-REG-3: two photographs of one person are never that much alike."""
    said.score = 0.99
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason) == (CheckStatus.FAILED, "SAME_PICTURE")


@pytest.mark.parametrize("score", [0.2, 0.7])
def test_so_is_one_that_the_templates_do_not_tell_and_the_pixels_do(run, said, score):
    """P-REG-3: blurred or without colour, one photograph can be less alike than two of one person."""
    said.score, said.pixels = score, 0.97
    result = run(CheckKind.FACE_MATCH, captures=CAPTURES)
    assert (result.status, result.reason, result.score) == (CheckStatus.FAILED, "SAME_PICTURE", score)
    assert (result.measures, result.findings) == ({"pixels": 0.97}, ["same_picture"])


def test_a_card_that_the_first_look_saw_is_not_live(run, said):
    captures = [capture(CaptureKind.SELFIE, findings=["document_shown"])]
    result = run(CheckKind.LIVENESS_PASSIVE, captures=captures)
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "LIVENESS_FAILED", ["document_shown"])


@pytest.mark.parametrize("never", [{"looked_at": False}, {"findings": ["not_looked_at"]}], ids=["pending", "the look failed"])
def test_a_card_that_nobody_looked_for_is_looked_for(run, said, monkeypatch, never):
    monkeypatch.setattr(liveness_passive, "shows_card", lambda picture, faces: True)
    result = run(CheckKind.LIVENESS_PASSIVE, captures=[capture(CaptureKind.SELFIE, **never)])
    assert result.findings == ["document_shown"]


def test_a_picture_that_was_looked_at_is_not_read_again(run, said, monkeypatch):
    """Reading takes as long as all the rest."""
    monkeypatch.setattr(liveness_passive, "shows_card", lambda picture, faces: pytest.fail("read again"))
    assert run(CheckKind.LIVENESS_PASSIVE, captures=CAPTURES).status == CheckStatus.PASSED


@pytest.mark.parametrize(("size", "shown"), [(150, True), (170, True), (171, False), (300, False)])
def test_only_a_face_as_small_as_a_cards_is_suspected_of_being_on_one(said, size, shown):
    """The portrait of a card that fills a frame 1000 px wide is 150 px wide."""
    said.card = True
    assert card_shown.shows_card(np.zeros((750, 1000, 3), np.uint8), (_face(size),)) is shown


def test_without_a_face_a_card_may_still_be_shown(said):
    said.card = True
    assert card_shown.shows_card(np.zeros((750, 1000, 3), np.uint8), ())
