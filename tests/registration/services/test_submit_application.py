"""Handing in, taking back, expiring, and demanding a person's decision."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.errors import ApplicationClosed, ApplicationIncomplete
from registration.models import Application
from registration.services.expire_applications import expire_applications
from registration.services.request_review import request_review
from registration.services.submit_application import submit_application
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus, CaptureKind, CaptureStatus, VerificationPath
from tests.factories import registration as make

pytestmark = pytest.mark.django_db

S = ApplicationStatus


def submit(application: Application, key: str = "key") -> Application:
    return submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key=key)


def missing(application: Application) -> list[str]:
    with pytest.raises(ApplicationIncomplete) as refused:
        submit(application)
    return refused.value.missing


def test_everything_missing_is_named_in_the_order_of_the_pages():
    assert missing(make.started()) == ["phone", "document_front", "document_back", "details", "selfie", "challenge"]
    assert missing(make.drafted()) == ["document_front", "document_back", "selfie", "challenge"]
    assert missing(make.drafted(path=VerificationPath.FACE_FREE)) == ["document_front", "document_back"]


def test_a_rejected_photograph_holds_it_up_until_the_person_has_tried_enough():
    """P-REG-7: the failed item alone is asked for; after three tries a reviewer looks, and nobody is stuck."""
    application = make.complete()
    selfie = application.captures.get(kind=CaptureKind.SELFIE)
    selfie.status = CaptureStatus.REJECTED
    selfie.save()
    assert missing(application) == ["selfie"]
    for _ in range(2):
        selfie.pk, selfie._state.adding, selfie.superseded_at = None, True, timezone.now()
        selfie.file_id = _another_file(application)
        selfie.save()
    assert submit(application).status == S.SUBMITTED


def _another_file(application: Application):
    from realname.vault.files import store_file

    return store_file(person_id=application.person_id, kind="selfie", content=b"again", media_type="image/jpeg").pk


def test_handed_in_twice_it_is_one_submission():
    application = make.complete()
    first = submit(application, "first")
    assert (first.status, first.round) == (S.SUBMITTED, 1)
    assert submit(application, "first").round == 1
    assert submit(application, "second tab").round == 1
    assert Event.objects.filter(name="application.submitted", subject_id=str(application.pk)).count() == 1


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.EXPIRED])
def test_what_has_ended_cannot_be_handed_in(status):
    application = make.complete()
    application.move(to=status)
    application.save()
    with pytest.raises(ApplicationClosed):
        submit(application, "")


def test_asked_again_only_the_named_item_is_needed_and_then_it_is_a_new_round():
    """P-REG-7."""
    from verification.services.outcomes import ask_again

    application = make.verifying()
    with transaction.atomic():
        ask_again(actor=SYSTEM, application=application, reasons=["DOCUMENT_UNREADABLE"], items=["document_back"])
    assert missing(application) == ["document_back"]
    make_again(application, CaptureKind.DOCUMENT_BACK)
    again = submit(application, "second round")
    assert (again.status, again.round, again.items_to_resubmit, again.expires_at) == (S.SUBMITTED, 2, [], None)


def make_again(application: Application, kind: CaptureKind) -> None:
    from registration.services.store_capture import store_capture

    with transaction.atomic():
        capture = store_capture(
            actor=make.person_actor(application),
            application_id=application.pk,
            kind=kind,
            content=b"better",
            media_type="image/jpeg",
            event="document.captured",
        )
        capture.status = CaptureStatus.GOOD
        capture.save(update_fields=["status"])


@pytest.mark.parametrize("built", [make.started, make.drafted, make.submitted, make.verifying])
def test_an_application_can_be_taken_back_until_it_is_approved(built):
    application = built()
    for _ in range(2):
        application = withdraw_application(actor=make.person_actor(application), application_id=application.pk)
        assert application.status == S.WITHDRAWN
    assert Event.objects.filter(name="application.withdrawn", subject_id=str(application.pk)).count() == 1


def test_a_line_in_use_is_not_taken_back_as_an_application():
    application = make.activated()
    with pytest.raises(TransitionNotAllowed):
        withdraw_application(actor=make.person_actor(application), application_id=application.pk)


def test_the_number_of_a_withdrawn_application_is_free_again():
    phone = make.new_phone()
    application = make.drafted(phone=phone)
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert make.drafted(phone=phone).status == S.DRAFT


def test_drafts_end_after_their_days_and_nothing_else_does():
    """R-28."""
    draft, waiting = make.drafted(), make.submitted()
    assert expire_applications() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert expire_applications() == 1
        assert expire_applications() == 0
    draft.refresh_from_db()
    waiting.refresh_from_db()
    assert (draft.status, waiting.status) == (S.EXPIRED, S.SUBMITTED)
    assert Event.objects.filter(name="application.expired", subject_id=str(draft.pk)).count() == 1


def test_a_refused_person_gets_a_human_decision():
    """R-29: demanded twice it is one review."""
    application = make.rejected()
    for _ in range(2):
        application = request_review(actor=make.person_actor(application), application_id=application.pk)
        assert application.status == S.IN_REVIEW
    assert Event.objects.filter(name="review.requested", subject_id=str(application.pk)).count() == 1


@pytest.mark.parametrize("built", [make.drafted, make.verifying, make.activated])
def test_there_is_no_review_of_what_was_not_refused(built):
    application = built()
    with pytest.raises(TransitionNotAllowed):
        request_review(actor=make.person_actor(application), application_id=application.pk)
