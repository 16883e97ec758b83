"""Leaving the face way takes the face with it (R-26, R-33)."""

import pytest

from realname.trail.models import Event
from realname.vault.errors import KeyErased
from realname.vault.files import read_file
from registration.models import Application, Capture
from registration.services.give_consent import choose_path
from registration.states import CaptureKind, CaptureStatus, ConsentPurpose, VerificationPath
from tests.factories import registration as make
from verification.services.read_capture import read_capture

pytestmark = pytest.mark.django_db


def choose(application: Application, path: VerificationPath, way: str = "") -> Application:
    return choose_path(
        actor=make.person_actor(application),
        application_id=application.pk,
        path=path,
        purposes=set(ConsentPurpose),
        language="en",
        statement_way=way,
    )


@pytest.fixture
def selfie():
    application = make.complete()
    selfie = application.captures.get(kind=CaptureKind.SELFIE)
    selfie.status, selfie.read_at = CaptureStatus.PENDING, None
    selfie.save()
    choose(application, VerificationPath.FACE_FREE, "video")
    return Capture.objects.select_related("file", "application").get(pk=selfie.pk)


def test_the_selfie_is_erased_with_the_consent(selfie):
    """And so is the film of movements. Its file can not be read by anybody any more, and the trail says so."""
    assert selfie.superseded_at
    with pytest.raises(KeyErased):
        read_file(selfie.file)
    film = Capture.objects.get(kind=CaptureKind.CHALLENGE)
    assert film.superseded_at
    with pytest.raises(KeyErased):
        read_file(film.file)
    erased = Event.objects.filter(name="capture.erased").values_list("related_id", flat=True)
    assert set(erased) == {str(selfie.pk), str(film.pk)}
    assert selfie.application.captures.current().filter(kind__startswith="document").count() == 2


def test_a_selfie_that_waited_is_not_looked_at(selfie):
    """The task that is under way does nothing."""
    read_capture(capture_id=selfie.pk)
    selfie.refresh_from_db()
    assert (selfie.read_at, selfie.status) == (None, CaptureStatus.PENDING)


def test_a_change_of_the_way_is_told_once():
    """P-ALL-4: path and way of the statement; chosen again it is no change."""
    application = make.started()
    for way in ("video", "video", "shop"):
        choose(application, VerificationPath.FACE_FREE, way)
    told = [event.data for event in Event.objects.filter(name="path.chosen").order_by("id")]
    assert told == [{"path": "face_free", "statement_way": "video"}, {"path": "face_free", "statement_way": "shop"}]
