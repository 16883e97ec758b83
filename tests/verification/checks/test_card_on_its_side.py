"""A card photographed on its side is matched all the same: no detector finds a face that lies (P-REG-3)."""

import cv2
import numpy as np
import pytest

from demo import faces
from demo.specimens import IdCard, draw_front, photograph
from registration.states import CaptureKind
from tests.verification.checks.conftest import capture as captured
from verification import pictures
from verification.checks import face_match
from verification.engines import engines
from verification.states import CheckKind, CheckStatus

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_the_portrait_is_sought_the_way_the_card_was_read(run, monkeypatch, turns):
    card = photograph(draw_front(IdCard.make(5, sex="male"), faces.portrait("obama")), seed=3)
    lying = np.ascontiguousarray(np.rot90(cv2.cvtColor(np.asarray(card), cv2.COLOR_RGB2BGR), turns))
    selfie = cv2.cvtColor(np.asarray(faces.photo("obama2").convert("RGB")), cv2.COLOR_RGB2BGR)
    shown = {CaptureKind.DOCUMENT_FRONT: lying, CaptureKind.SELFIE: selfie}
    for module in (pictures, face_match):
        monkeypatch.setattr(module, "picture_of", lambda capture: shown[capture.kind])
    turned = engines().document.locate(lying).turned

    front = captured(CaptureKind.DOCUMENT_FRONT, turned=turned)
    result = run(CheckKind.FACE_MATCH, captures=[front, captured(CaptureKind.SELFIE)])

    assert turned == 90 * turns
    assert (result.status, result.reason) == (CheckStatus.PASSED, "")
