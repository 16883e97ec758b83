"""P-REG-3: a card is no selfie, and one photograph used twice proves nothing, however well it matches."""

import pytest

from demo import faces
from demo.specimens import IdCard, draw_front, photograph, to_jpeg
from registration.services.capture_selfie import capture_selfie
from registration.states import CaptureStatus
from tests.factories import registration as make
from verification.services.read_capture import read_capture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def card() -> bytes:
    return to_jpeg(photograph(draw_front(IdCard.make(5, sex="male"), faces.portrait("obama")), seed=3))


def test_a_card_photographed_as_a_selfie_is_refused_by_name(card):
    application = make.complete()
    capture = capture_selfie(actor=make.person_actor(application), application_id=application.pk, content=card)

    read_capture(capture_id=capture.pk)

    capture.refresh_from_db(fields=["status", "findings"])
    assert (capture.status, capture.findings) == (CaptureStatus.REJECTED, ["document_shown"])
