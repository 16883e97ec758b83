"""The number leads to an older application: shown to nobody but its person; sessions end when it is taken up elsewhere."""

import pytest
from django.test import Client

from realname.trail.models import Event
from registration.models import Application, Person, PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.request_phone_code import request_phone_code
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.registration.web.sessions import browser_of, proven, summary

pytestmark = pytest.mark.django_db
PAGE = "/register/resume"


def prove_by_page(phone: str) -> tuple[Client, Application]:
    """A fresh browser enters the code to `phone`."""
    draft = make.started()
    client = browser_of(draft)
    code = request_phone_code(actor=make.person_actor(draft), application_id=draft.pk, phone=phone)
    client.landed = client.post("/register/code", {"code": digits_of(code.pk)})["Location"]
    return client, draft


@pytest.fixture
def rival():
    return make.submitted()


def test_nothing_of_the_older_application_is_shown_before_the_answer(rival):
    """Not even where it stands."""
    client, _ = prove_by_page(rival.phone)
    assert client.landed == PAGE
    html = client.get(PAGE).content.decode()
    assert rival.name not in html
    assert rival.reference not in html
    assert client.get("/register/status")["Location"] == "/register/phone"
    assert client.get("/register/code")["Location"] == PAGE


def test_the_right_answer_leads_there_and_ends_the_old_session(rival):
    """What was open in another browser is over."""
    old = browser_of(rival)
    assert old.get("/register/status").status_code == 200
    client, _ = prove_by_page(rival.phone)
    assert client.post(PAGE, {"last_six": rival.id_number[-6:]})["Location"] == "/register/status"
    assert rival.reference in client.get("/register/status").content.decode()
    assert old.get("/register/status")["Location"].startswith("/register/consent")


def test_a_wrong_answer_is_said_beside_the_field(rival):
    """422, in words."""
    client, _ = prove_by_page(rival.phone)
    response = client.post(PAGE, {"last_six": "00000x"})
    assert response.status_code == 422
    assert "last six characters" in summary(response.content.decode())


def test_beginning_anew_withdraws_the_older(rival):
    """And leads to the card."""
    client, draft = prove_by_page(rival.phone)
    assert client.post(PAGE, {"anew": "1"})["Location"] == "/register/document"
    rival.refresh_from_db()
    draft.refresh_from_db()
    assert rival.status == ApplicationStatus.WITHDRAWN
    assert draft.phone_proven_at


def test_the_page_is_not_there_without_a_proof(rival):
    """It leads to the first thing missing."""
    assert browser_of(make.started()).get(PAGE)["Location"] == "/register/phone"
    assert browser_of(proven()).post(PAGE, {"anew": "1"})["Location"] == "/register/document"


def test_after_a_merge_the_session_goes_on_as_the_known_person():
    """The trail names the person they are now, not the one that was merged away."""
    number = make.new_id_number()
    make.activated(id_number=number)
    second = make.submitted(id_number=number)
    client = browser_of(second)
    known = Person.objects.get(id_number_index__isnull=False)
    Person.objects.filter(pk=second.person_id).update(merged_into=known)
    Application.objects.filter(pk=second.pk).update(person=known)
    assert client.post("/register/withdraw").status_code == 302
    event = Event.objects.get(name="application.withdrawn")
    assert (event.subject_id, event.actor_id) == (str(second.pk), str(known.pk))


def test_a_person_that_was_not_merged_does_not_open_anothers_application():
    """A proven phone makes no difference."""
    mine, other = proven(), proven()
    client = browser_of(mine)
    session = client.session
    session["application_id"] = str(other.pk)
    session.save()
    assert client.get("/register/document")["Location"].startswith("/register/consent")


def test_a_registered_number_shows_the_same_page():
    """Who only asks learns nothing."""
    phone = make.new_phone()
    make.activated(phone=phone)
    PhoneCode.objects.all().delete()
    client = browser_of(make.started())
    assert client.post("/register/phone", {"phone": phone})["Location"] == "/register/code"
