"""How an application stands, said plainly in every state; and what the person can do (P-REG-8, R-29)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from realname.access.actor import SYSTEM
from registration import reason_texts
from registration.models import Account, Application, Line
from registration.states import ApplicationStatus, CaptureKind
from tests.factories import registration as factory
from tests.registration.web.sessions import browser_of, jpeg, look, proven, upload
from verification.services.decide import ask_again

pytestmark = pytest.mark.django_db
PAGE = "/register/status"
HTMX = {"HX-Request": "true"}


def page_of(application: Application) -> str:
    response = browser_of(application).get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def mark(html: str) -> tuple[str, str]:
    return re.search(r'data-application-status="(\w+)" data-reference="([^"]+)"', html).groups()


def asked_again(*items: str) -> Application:
    application = factory.verifying()
    with transaction.atomic():
        ask_again(actor=SYSTEM, application=application, reasons=["PHOTO_UNUSABLE"], items=list(items))
    return application


def test_draft_leads_back_to_where_it_was_left():
    """There is no status of what was not handed in."""
    assert browser_of(proven()).get(PAGE)["Location"] == "/register/document"


def test_checks_in_progress_are_counted(monkeypatch):
    """How many have ended, never how well; the page asks again by itself, without JavaScript too."""
    monkeypatch.setattr(reason_texts, "_progress", [lambda application: (3, 11)])
    application = factory.verifying()
    html = page_of(application)
    assert mark(html) == ("verifying", application.reference)
    assert "3 of 11 checks have ended." in html
    assert 'hx-get="/register/status/live?seen=verifying-3-11"' in html
    assert '<noscript><meta http-equiv="refresh"' in html


def test_an_outage_is_told_as_it_is(monkeypatch):
    """P-VER-6: who does not answer, by when it is asked again, that nothing is to be done, and when a person decides at the latest."""
    wait = reason_texts.Wait(next_try_at=datetime(2026, 11, 24, 6, 30, 10, tzinfo=UTC), deadline_at=datetime(2026, 11, 27, 6, tzinfo=UTC))
    monkeypatch.setattr(reason_texts, "_waits", [lambda application: wait])
    html = page_of(factory.verifying())
    assert "We are waiting for an authority" in html
    assert "You need do nothing, and it is not held against you." in html
    # never earlier than it is: rounded up to the minute, in the time of the place
    for moment in (wait.next_try_at, wait.deadline_at):
        assert date_format(localtime(moment + timedelta(minutes=1)), "SHORT_DATETIME_FORMAT") in html
    # who is decided waits for nobody
    assert "waiting for an authority" not in page_of(factory.rejected())


def test_live_part_tells_a_change_once():
    """204 where nothing changed."""
    application = factory.verifying()
    client = browser_of(application)
    address = re.search(r'hx-get="([^"]+)"', client.get(PAGE).content.decode()).group(1)
    assert client.get(address, headers=HTMX).status_code == 204
    with transaction.atomic():
        ask_again(actor=SYSTEM, application=application, reasons=["PHOTO_UNUSABLE"], items=["document_front"])
    part = client.get(address, headers=HTMX).content.decode()
    assert mark(part)[0] == "needs_resubmission"
    assert "hx-get" not in part
    assert "<html" not in part


def test_what_one_can_do_changes_with_the_state():
    """It stands in the part that renews itself: an active line leads nobody back by a code, a refused person may apply again."""
    back = "after the code and the last six characters of your ID number you are here"
    answers = {}
    for application in (factory.verifying(), factory.activated(), factory.rejected()):
        answers[application.status] = browser_of(application).get(f"{PAGE}/live?seen=before", headers=HTMX).content.decode()
    assert [back in part for part in answers.values()] == [True, False, False]
    assert ["Apply again" in part for part in answers.values()] == [False, False, True]
    assert all("Keep the reference" in answers[status] for status in ("activated", "rejected"))


def test_review_by_a_person_says_by_when():
    """P-VER-5: and why, in words."""
    application = factory.verifying()
    application.move(to=ApplicationStatus.IN_REVIEW)
    application.reason_codes = ["FIELDS_DIFFER", "UNHEARD_OF"]
    application.save()
    html = page_of(application)
    assert "within one working day" in html
    assert reason_texts.text_for("FIELDS_DIFFER") in html
    assert "UNHEARD_OF" not in html


def test_active_line_shows_masked_number_and_account():
    """P-REG-4."""
    application = factory.activated()
    html = page_of(application)
    line = Line.objects.get(application=application)
    assert mark(html)[0] == "activated"
    assert f"{line.number[:3]}****{line.number[-4:]}" in html
    assert line.number not in html
    assert Account.objects.get(person_id=line.person_id).number in html
    assert "hx-get" not in html
    assert "Withdraw" not in html


def test_only_what_is_named_is_needed_again():
    """P-REG-7: each item leads to its page; done, it says so, and the way leads to the review."""
    application = asked_again("document_front")
    client = browser_of(application)
    html = client.get(PAGE).content.decode()
    assert '<a href="/register/document">ID card, portrait side</a>' in html
    assert 'href="/register/details"' not in html
    assert "Please send it by" in html
    client.post("/register/document/front", {"photo": upload(jpeg(seed=77))})
    look(application.captures.current().get(kind=CaptureKind.DOCUMENT_FRONT))
    html = client.get(PAGE).content.decode()
    assert '<a class="button" href="/register/review">' in html
    assert client.post("/register/submit", {"submission_key": "again"})["Location"] == PAGE
    application.refresh_from_db()
    assert (application.status, application.round) == (ApplicationStatus.SUBMITTED, 2)


def test_side_asked_for_again_can_be_photographed_at_once():
    """Its form is open, and the page does not lead on before."""
    html = browser_of(asked_again("document_front")).get("/register/document").content.decode()
    assert "Needed again" in html
    assert 'href="/register/details"' not in html


def test_refused_person_may_ask_for_a_person():
    """R-29: with reasons; asked twice it is one review."""
    application = factory.rejected()
    client = browser_of(application)
    html = client.get(PAGE).content.decode()
    assert reason_texts.text_for("FACE_MISMATCH") in html
    assert 'action="/register/ask-review"' in html
    for _ in range(2):
        assert client.post("/register/ask-review")["Location"] == PAGE
    application.refresh_from_db()
    assert application.status == ApplicationStatus.IN_REVIEW


def test_who_was_not_refused_can_not_ask():
    """The page says that it can not be changed."""
    client = browser_of(factory.activated())
    response = client.post("/register/ask-review", follow=True)
    assert "can no longer be changed" in response.content.decode()


def test_application_is_withdrawn():
    """Twice is once."""
    application = factory.verifying()
    client = browser_of(application)
    for _ in range(2):
        assert client.post("/register/withdraw")["Location"] == PAGE
    assert mark(page_of(application))[0] == "withdrawn"


def test_active_line_is_not_withdrawn():
    """Too late: it stays, and the page says so."""
    application = factory.activated()
    response = browser_of(application).post("/register/withdraw", follow=True)
    assert mark(response.content.decode())[0] == "activated"
    assert "can no longer be changed" in response.content.decode()


@pytest.mark.parametrize("status", [ApplicationStatus.EXPIRED, ApplicationStatus.APPROVED, ApplicationStatus.SUBMITTED])
def test_every_state_has_its_words(status):
    """Also those few people see."""
    application = proven()
    Application.objects.filter(pk=application.pk).update(status=status)
    assert mark(page_of(application))[0] == status


def test_leaving_forgets_the_session_and_keeps_the_application():
    """On a shared device the next person sees nothing."""
    application = factory.verifying()
    client = browser_of(application)
    assert client.post("/register/leave")["Location"] == "/"
    assert client.get(PAGE)["Location"].startswith("/register/consent")
    assert Application.objects.filter(pk=application.pk, status=ApplicationStatus.VERIFYING).exists()


def test_way_back_is_promised_only_where_it_exists():
    """The code leads to applications on their way; of the others the reference is kept."""
    assert "of your ID number you are here" in page_of(factory.verifying())
    for ended in (factory.rejected(), factory.activated()):
        html = page_of(ended)
        assert "after the code you are here" not in html
        assert "Keep the reference" in html


@pytest.mark.parametrize("act", ["withdraw", "ask-review", "leave"])
def test_acts_are_posted(act):
    """405 for a mere look."""
    assert browser_of(proven()).get(f"/register/{act}").status_code == 405


def test_pages_are_not_kept_by_the_browser():
    """On a shared device the back button shows nothing."""
    assert "no-store" in browser_of(factory.verifying()).get(PAGE)["Cache-Control"]
