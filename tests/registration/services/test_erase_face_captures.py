"""Faces go when their purpose has ended; photographs of the card stay (R-35, R-06)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from realname.vault.errors import KeyErased
from realname.vault.files import read_file
from registration import tasks
from registration.models import Application, Capture
from registration.services.erase_face_captures import erase_face_captures
from registration.services.expire_applications import expire_applications
from registration.services.request_review import request_review
from registration.services.store_capture import store_capture
from registration.services.withdraw_application import withdraw_application
from registration.states import CaptureKind, VerificationPath
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def days_pass(monkeypatch):
    """Moves the clock so many days on from now."""
    began = timezone.now()
    return lambda days: monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=days))


def living(application: Application) -> set[str]:
    """The kinds of its captures whose file can still be read."""
    return set(application.captures.filter(file__erased_at__isnull=True).values_list("kind", flat=True))


def events(application: Application) -> list[tuple[str, str]]:
    """Why captures were erased, and of what kind, by kind."""
    rows = Event.objects.filter(name="capture.erased", subject_id=str(application.pk))
    return sorted(((row.reason, row.data["kind"]) for row in rows), key=lambda event: event[1])


CARD = {"document_front", "document_back"}


@pytest.mark.parametrize("decided", [make.activated, make.rejected])
def test_a_selfie_is_kept_while_objections_may_come_and_gone_after(decided, days_pass):
    """R-35: day 29 kept, day 31 gone with the film of movements, each with an event; the card's photographs stay (R-06)."""
    application = decided()
    selfie = application.captures.get(kind=CaptureKind.SELFIE)

    days_pass(29)
    assert erase_face_captures() == 0
    assert read_file(selfie.file)

    days_pass(31)
    assert erase_face_captures() == 1
    assert living(application) == CARD
    selfie.refresh_from_db()
    assert selfie.superseded_at
    with pytest.raises(KeyErased):
        read_file(selfie.file)
    assert events(application) == [("objection_time_over", "challenge"), ("objection_time_over", "selfie")]

    assert erase_face_captures() == 0, "once is enough"
    assert len(events(application)) == 2


def test_where_nothing_was_decided_it_goes_at_once():
    """R-35: nobody can object to a decision there was none of."""
    application = make.submitted()
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    assert erase_face_captures() == 1
    assert living(application) == CARD
    assert events(application) == [("application_over", "challenge"), ("application_over", "selfie")]


def test_a_draft_that_expires_loses_its_face(days_pass):
    """A week, and then the next look at the clock."""
    application = make.complete()
    days_pass(6)
    assert (expire_applications(), erase_face_captures()) == (0, 0)
    days_pass(8)
    assert (expire_applications(), erase_face_captures()) == (1, 1)
    assert living(application) == CARD


def test_what_is_still_judged_is_kept(days_pass):
    """Under review, also after a refusal that was objected to (R-29)."""
    verifying, objected = make.verifying(), make.rejected()
    request_review(actor=make.person_actor(objected), application_id=objected.pk)
    days_pass(100)
    assert erase_face_captures() == 0
    assert "selfie" in living(verifying) & living(objected)


def test_the_video_statement_of_the_other_way_goes_too():
    """It shows the face as well; and every earlier take goes with the last."""
    application = make.drafted(path=VerificationPath.FACE_FREE)
    for content in (b"one", b"two"):
        store_capture(
            actor=make.person_actor(application),
            application_id=application.pk,
            kind=CaptureKind.STATEMENT,
            content=content,
            media_type="video/mp4",
            event="statement.captured",
        )
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    assert erase_face_captures() == 1
    assert living(application) == set()
    assert Capture.objects.filter(application=application).count() == 2


def test_many_are_erased_a_batch_at_a_time(monkeypatch, django_capture_on_commit_callbacks):
    """The task sends itself again as long as it finds a full batch."""
    applications = [make.complete() for _ in range(3)]
    for one in applications:
        withdraw_application(actor=make.person_actor(one), application_id=one.pk)
    monkeypatch.setattr(tasks, "FACE_BATCH", 2)
    sent = []
    monkeypatch.setattr(tasks.erase_face_captures, "apply_async", lambda **options: sent.append(options))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.erase_face_captures()
    assert (sum(not living(one) - CARD for one in applications), len(sent)) == (2, 1)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.erase_face_captures()
    assert (sum(not living(one) - CARD for one in applications), len(sent)) == (3, 1)


def test_the_clock_runs_by_itself(settings):
    """Beat knows the task; hourly, so that "at once" is within the hour."""
    [entry] = [entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == tasks.erase_face_captures.name]
    assert entry["schedule"] <= 3600
