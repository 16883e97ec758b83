"""Guidance in the browser is a courtesy: who sends a photograph past it gets the same look (P-REG-7)."""

import pytest

from demo import faces
from demo.specimens import IdCard, draw_front, photograph, to_jpeg
from realname.paths import models_dir
from registration.models import Capture
from registration.states import CaptureStatus
from tests.registration.web.sessions import browser_of, proven, upload
from verification.engines.fetch import fetch
from verification.services.read_capture import read_capture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CLAIMS = {"verdict": "good", "auto": "on", "sharpness": "9999", "findings": "[]"}


@pytest.mark.parametrize(("condition", "status"), [("dark", CaptureStatus.REJECTED), ("glare", CaptureStatus.WARN)])
def test_a_bad_photograph_is_named_whatever_its_sender_claims(condition, status):
    """Posted without a browser, with claims beside it: the defect is found, and no claim is kept anywhere."""
    fetch(models_dir(), group=None)
    application = proven()
    content = to_jpeg(photograph(draw_front(IdCard.make(2), faces.portrait("obama")), condition=condition, seed=2))

    response = browser_of(application).post("/register/document/front", {"photo": upload(content), **CLAIMS})
    capture = Capture.objects.get(application=application)
    read_capture(capture_id=capture.pk)

    assert response.status_code == 302
    capture.refresh_from_db()
    assert (capture.status, condition in capture.findings) == (status, True)
    assert not set(CLAIMS) & set(capture.reading)
