"""A slow storage holds no lock, and nobody fills it (P-REG-7)."""

import pytest
from django.db import connection

from registration.errors import ApplicationClosed, CaptureRefused
from registration.models import Application, Capture
from registration.services import store_capture as storing
from registration.services.store_capture import store_capture
from registration.services.withdraw_application import withdraw_application
from registration.states import CaptureKind
from tests.factories import registration as make


def store(application: Application, content: bytes, kind: CaptureKind = CaptureKind.DOCUMENT_FRONT) -> Capture:
    return store_capture(
        actor=make.person_actor(application),
        application_id=application.pk,
        kind=kind,
        content=content,
        media_type="image/jpeg",
        event="document.captured",
    )


@pytest.mark.django_db(transaction=True)
def test_the_storage_is_written_outside_of_any_transaction(monkeypatch):
    """And a row follows."""
    application, inside = make.started(), []
    write = storing.write_file

    def _write(**kwargs):
        inside.append(connection.in_atomic_block)
        return write(**kwargs)

    monkeypatch.setattr(storing, "write_file", _write)
    capture = store(application, b"card")
    assert inside == [False]
    assert Capture.objects.get().file_id == capture.file_id


@pytest.mark.django_db
def test_an_application_that_ended_during_the_upload_takes_nothing(monkeypatch):
    """The row is judged again under the lock."""
    application = make.started()
    write = storing.write_file

    def _write(**kwargs):
        withdraw_application(actor=make.person_actor(application), application_id=application.pk)
        return write(**kwargs)

    monkeypatch.setattr(storing, "write_file", _write)
    with pytest.raises(ApplicationClosed):
        store(application, b"card")
    assert not Capture.objects.exists()


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once(monkeypatch):
    """A doubled upload writes nothing."""
    application = make.started()
    capture = store(application, b"card")
    monkeypatch.setattr(storing, "write_file", None)
    assert store(application, b"card").pk == capture.pk


@pytest.mark.django_db
def test_captures_of_a_kind_and_round_are_bounded(monkeypatch):
    """The next round begins with the submission; the other side has a bound of its own."""
    monkeypatch.setattr(storing.policy, "value", lambda parameter: 3)
    application = make.started()
    for number in range(3):
        store(application, bytes([number]))
    with pytest.raises(CaptureRefused, match="captures_too_many"):
        store(application, b"one more")
    assert store(application, b"back", CaptureKind.DOCUMENT_BACK)
    Application.objects.filter(pk=application.pk).update(submitted_at=Capture.objects.latest("created_at").created_at)
    assert store(application, b"one more")
