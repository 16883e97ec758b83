"""A number alone hands over nothing that somebody entered (P-REG-5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.errors import ResumeRefused
from registration.models import Application, PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import resume_application, start_anew
from registration.services.store_capture import store_capture
from registration.states import ApplicationStatus, CaptureKind
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def proves(phone: str) -> tuple[Application, Application]:
    """Somebody begins and proves `phone`; answers their draft, and what the proof led to."""
    draft = make.started()
    actor = make.person_actor(draft)
    code = request_phone_code(actor=actor, application_id=draft.pk, phone=phone)
    return draft, prove_phone(actor=actor, application_id=draft.pk, entered=digits_of(code.pk))


def resume(draft: Application, entered: str) -> Application:
    return resume_application(actor=make.person_actor(draft), application_id=draft.pk, entered=entered)


def other_than(text: str) -> str:
    return "000000" if text != "000000" else "111111"


@pytest.fixture
def phone():
    return make.new_phone()


def test_an_application_with_details_is_not_handed_over_for_the_number(phone):
    """A number given out again, or a lent phone, opens nothing."""
    rival = make.drafted(phone=phone)
    draft, led_to = proves(phone)
    rival.refresh_from_db()
    assert led_to.pk == draft.pk
    assert led_to.phone_proven_at is None
    assert (rival.status, rival.session_epoch) == (ApplicationStatus.DRAFT, 0)


def test_the_end_of_the_id_number_hands_it_over_and_ends_old_sessions(phone):
    """The draft gives way by the name of withdrawal, with a reason and a time."""
    rival = make.drafted(phone=phone)
    draft, _ = proves(phone)
    resumed = resume(draft, f" {rival.id_number[-6:].lower()} ")
    draft.refresh_from_db()
    assert (resumed.pk, resumed.session_epoch) == (rival.pk, 1)
    assert draft.status == ApplicationStatus.WITHDRAWN
    assert draft.decided_at
    assert Event.objects.get(name="application.withdrawn", subject_id=str(draft.pk)).reason == "resumed_elsewhere"
    assert Event.objects.filter(name="application.resumed", subject_id=str(rival.pk)).count() == 1


def test_wrong_answers_are_counted_and_locked(phone):
    """Five, then a quarter of an hour, in which the right answer is not taken either."""
    rival = make.drafted(phone=phone)
    draft, _ = proves(phone)
    said = []
    for answer in [other_than(rival.id_number[-6:])] * 5 + [rival.id_number[-6:]]:
        with pytest.raises(ResumeRefused) as refusal:
            resume(draft, answer)
        said.append(refusal.value.code)
    assert said == ["resume_wrong"] * 5 + ["resume_locked"]
    assert Event.objects.filter(name="application.resume_refused", subject_id=str(rival.pk)).count() == 6
    Application.objects.filter(pk=rival.pk).update(resume_locked_until=timezone.now() - timedelta(seconds=1))
    assert resume(draft, rival.id_number[-6:]).pk == rival.pk


def test_who_holds_the_number_begins_anew(phone):
    """The old one is withdrawn with a reason; the new one holds the number and nothing else."""
    rival = make.drafted(phone=phone)
    draft, _ = proves(phone)
    anew = start_anew(actor=make.person_actor(draft), application_id=draft.pk)
    rival.refresh_from_db()
    assert (anew.pk, anew.phone, anew.name) == (draft.pk, phone, None)
    assert rival.status == ApplicationStatus.WITHDRAWN
    assert Event.objects.get(name="application.withdrawn", subject_id=str(rival.pk)).reason == "number_proven_anew"


def test_photographs_without_details_are_handed_to_nobody(phone):
    """What was read from them would fill in the stranger's form."""
    _, rival = proves(phone)
    store_capture(
        actor=make.person_actor(rival),
        application_id=rival.pk,
        kind=CaptureKind.DOCUMENT_FRONT,
        content=b"card",
        media_type="image/jpeg",
        event="document.captured",
    )
    draft, led_to = proves(phone)
    rival.refresh_from_db()
    assert led_to.pk == draft.pk
    assert led_to.phone_proven_at
    assert rival.status == ApplicationStatus.WITHDRAWN


def test_an_empty_application_is_taken_up_again(phone):
    """It shows nothing but the number."""
    _, rival = proves(phone)
    _, led_to = proves(phone)
    assert (led_to.pk, led_to.session_epoch) == (rival.pk, 1)


@pytest.mark.parametrize("act", [start_anew, lambda **kwargs: resume_application(entered="000000", **kwargs)])
def test_without_a_fresh_proof_of_the_number_nothing_is_given(phone, act):
    """Neither without a code, nor an hour after it."""
    rival = make.drafted(phone=phone)
    stranger = make.started()
    draft, _ = proves(phone)
    PhoneCode.objects.filter(application=draft).update(used_at=timezone.now() - timedelta(hours=1))
    for application in (stranger, draft):
        with pytest.raises(ResumeRefused, match="resume_over"):
            act(actor=make.person_actor(application), application_id=application.pk)
    rival.refresh_from_db()
    assert rival.status == ApplicationStatus.DRAFT


def test_the_browser_that_took_the_photographs_goes_on_with_them(phone):
    """A session that ended in the middle loses nothing on the same phone."""
    rival = make.started(device="same-browser")
    code = request_phone_code(actor=make.person_actor(rival, device="same-browser"), application_id=rival.pk, phone=phone)
    prove_phone(actor=make.person_actor(rival, device="same-browser"), application_id=rival.pk, entered=digits_of(code.pk))
    store_capture(
        actor=make.person_actor(rival),
        application_id=rival.pk,
        kind=CaptureKind.DOCUMENT_FRONT,
        content=b"card",
        media_type="image/jpeg",
        event="document.captured",
    )
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    draft = make.started(device="same-browser")
    actor = make.person_actor(draft, device="same-browser")
    code = request_phone_code(actor=actor, application_id=draft.pk, phone=phone)

    resumed = prove_phone(actor=actor, application_id=draft.pk, entered=digits_of(code.pk))

    assert (resumed.pk, resumed.session_epoch, resumed.captures.count()) == (rival.pk, 1, 1)
