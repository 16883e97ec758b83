"""The first look at a capture, for which a person waits at the camera (P-REG-7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.models import Capture
from registration.services.store_capture import store_capture
from registration.states import CaptureKind, CaptureStatus
from tests.factories import registration as make
from verification import tasks
from verification.services import read_capture as reading

pytestmark = pytest.mark.django_db


class WorkerKilled(BaseException):
    """As the process's end would be: nothing catches it."""


@pytest.fixture
def capture() -> Capture:
    application = make.drafted()
    return store_capture(
        actor=make.person_actor(application),
        application_id=application.pk,
        kind=CaptureKind.SELFIE,
        content=b"a picture",
        media_type="image/jpeg",
        event="selfie.captured",
    )


def test_a_killed_look_is_taken_up_again_within_a_quarter_minute(capture, monkeypatch, settings):
    """A look takes two seconds: it is not held as long as a check may take."""

    def killed(capture):
        raise WorkerKilled

    monkeypatch.setitem(reading.LOOKS, CaptureKind.SELFIE, killed)
    with pytest.raises(WorkerKilled):
        reading.read_capture(capture_id=capture.pk)
    monkeypatch.setitem(reading.LOOKS, CaptureKind.SELFIE, lambda capture: (CaptureStatus.GOOD, [], {}))

    reading.read_capture(capture_id=capture.pk)
    capture.refresh_from_db()
    assert capture.status == CaptureStatus.PENDING, "still held by the one that was killed"
    assert tasks.reread_captures() == 0

    later = timezone.now() + timedelta(seconds=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert tasks.reread_captures() == 1
    reading.read_capture(capture_id=capture.pk)
    capture.refresh_from_db()
    assert capture.status == CaptureStatus.GOOD
