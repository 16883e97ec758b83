"""Everything once more, then handed in: once, complete, and only by its own session."""

import re

import pytest

from realname.trail.models import Event
from registration.models import Application
from registration.states import ApplicationStatus
from tests.registration.web.sessions import browser_of, entered, film, jpeg, proven, states, take, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return proven()


@pytest.fixture
def browser(application):
    """All parts are there."""
    client = browser_of(application)
    take(client, "front")
    take(client, "back")
    client.post("/register/details", entered())
    client.post("/register/selfie", {"photo": upload(jpeg())})
    film(client)
    return client


def status_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def key_on(page: str) -> str:
    return re.search(r'name="submission_key" value="([0-9a-f-]{36})"', page).group(1)


def test_all_is_shown_with_ways_to_change_it(browser, application):
    """The number is masked until asked for; a photograph still being looked at is no obstacle."""
    html = browser.get("/register/review").content.decode()
    row = Application.objects.get(pk=application.pk)
    for value in (row.name, row.address, row.authority, row.phone, "1990"):
        assert value in html
    assert f'<summary><span class="digits">{row.id_number[:3]}*' in html
    assert states(html) == {"document_front": "good", "document_back": "good", "selfie": "pending", "challenge": "pending"}
    for page in ("details", "document", "selfie", "challenge", "consent"):
        assert f'href="/register/{page}"' in html


def test_handed_in_it_leads_to_the_status(browser, application):
    """With the page's key."""
    key = key_on(browser.get("/register/review").content.decode())
    response = browser.post("/register/submit", {"submission_key": key})
    assert (response.status_code, response["Location"]) == (302, "/register/status")
    assert status_of(application) == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("second", ["same", "other", "none"])
def test_handed_in_twice_is_once(browser, application, second):
    """P-REG-6: a double click, a second tab, a form without its key."""
    keys = [key_on(browser.get("/register/review").content.decode()) for _ in range(2)]
    browser.post("/register/submit", {"submission_key": keys[0]})
    again = {"same": {"submission_key": keys[0]}, "other": {"submission_key": keys[1]}, "none": {}}[second]
    assert browser.post("/register/submit", again)["Location"] == "/register/status"
    assert Event.objects.filter(name="application.submitted", subject_id=str(application.pk)).count() == 1
    assert Application.objects.get(pk=application.pk).round == 1


@pytest.mark.parametrize("key", ["x" * 5000, "\x00", "'; DROP TABLE"])
def test_strange_key_breaks_nothing(browser, application, key):
    """It is only compared."""
    assert browser.post("/register/submit", {"submission_key": key.replace("\x00", "")}).status_code == 302
    assert status_of(application) == ApplicationStatus.SUBMITTED


def test_incomplete_leads_to_what_is_missing(application):
    """And says so there."""
    client = browser_of(application)
    take(client, "front")
    assert client.get("/register/review")["Location"] == "/register/document"
    response = client.post("/register/submit", {"submission_key": "k"}, follow=True)
    assert response.redirect_chain[-1][0] == "/register/document"
    assert "still missing" in response.content.decode()
    assert status_of(application) == ApplicationStatus.DRAFT


def test_second_tab_shows_the_status_after_handing_in(browser):
    """P-REG-6: nothing can be changed behind the checks' back."""
    browser.post("/register/submit", {"submission_key": "k"})
    for page in ("document", "details", "selfie", "statement", "review"):
        assert browser.get(f"/register/{page}")["Location"] == "/register/status"
    assert browser.post("/register/document/front", {"photo": upload(jpeg(seed=9))})["Location"] == "/register/status"


def test_session_that_ended_in_the_middle_begins_again(browser, application):
    """Nothing is shown and nothing taken; the start says why."""
    browser.session.flush()
    browser.cookies.clear()
    for page in ("document", "details", "selfie", "review", "status"):
        assert browser.get(f"/register/{page}")["Location"] == "/register/consent?ended=1"
    assert browser.post("/register/submit", {"submission_key": "k"})["Location"] == "/register/consent?ended=1"
    assert browser.post("/register/details", entered())["Location"] == "/register/consent?ended=1"
    assert status_of(application) == ApplicationStatus.DRAFT


def test_another_persons_application_can_not_be_reached(browser, application):
    """Only the session says whose it is: ids in a request are not looked at."""
    other = proven()
    stranger = browser_of(other)
    named = {"application_id": str(application.pk), "person_id": str(application.person_id), "reference": application.reference}
    html = stranger.get("/register/document", named).content.decode()
    assert states(html) == {"document_front": "none", "document_back": "none"}
    assert stranger.post("/register/submit", {**named, "submission_key": "k"})["Location"] == "/register/document"
    stranger.post("/register/withdraw", named)
    assert (status_of(application), status_of(other)) == (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


def test_unproven_phone_sees_nothing(client):
    """Between consent and code the way leads to the phone."""
    from tests.factories.registration import started

    client = browser_of(started())
    for page in ("document", "details", "review", "status"):
        assert client.get(f"/register/{page}")["Location"] == "/register/phone"


def test_wrong_methods():
    """405."""
    client = browser_of(proven())
    assert client.get("/register/submit").status_code == 405
    assert client.post("/register/review").status_code == 405
