"""The movements before the camera: asked for on the page, filmed by script or sent as a video, with the way without them beside."""

import json

import pytest

from realname.trail.models import Event
from registration.models import Capture, Challenge
from registration.states import CaptureKind, CaptureStatus
from registration.web import decoding
from registration.web.findings import sentence
from tests.registration.web.sessions import browser_of, challenge_on, entered, film, jpeg, look, proven, states, summary, take, upload

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(500)


@pytest.fixture
def application():
    return proven()


@pytest.fixture
def browser(application):
    client = browser_of(application)
    take(client, "front")
    take(client, "back")
    client.post("/register/details", entered())
    client.post("/register/selfie", {"photo": upload(jpeg())})
    return client


def test_the_selfie_comes_before_it(application):
    assert browser_of(application).get("/register/challenge")["Location"] == "/register/document"


def test_nothing_is_asked_before_the_person_begins(browser):
    """R-33, R-34: the other way stands on the page, once, and above the button."""
    page = browser.get("/register/challenge").content.decode()
    assert not Challenge.objects.exists()
    assert "data-step=" not in page
    assert page.index('action="/register/challenge/without"') < page.index("data-challenge-begin")
    assert page.count('action="/register/challenge/without"') == 1
    assert 'href="/register/consent"' not in page


def test_who_can_not_move_goes_on_with_one_press(application, browser):
    """R-34: no reason is asked for or kept; R-26: the selfie is gone with the consent."""
    browser.post("/register/challenge/start")
    assert browser.post("/register/challenge/without")["Location"] == "/register/statement"
    application.refresh_from_db()
    assert (application.path, application.statement_way) == ("face_free", "video")
    assert not Challenge.objects.live().exists()
    assert Capture.objects.get(kind=CaptureKind.SELFIE).file.erased_at
    assert application.consents.filter(purpose="face", withdrawn_at__isnull=True).count() == 0
    assert Event.objects.get(name="path.chosen").data == {"path": "face_free", "statement_way": "video"}
    # pressed again, in an old tab: nothing more happens
    assert browser.post("/register/challenge/without")["Location"] == "/register/statement"
    assert Event.objects.filter(name="path.chosen").count() == 1


def test_who_chose_the_shop_stays_with_it(application, browser):
    application.path, application.statement_way = "face_free", "shop"
    application.save(update_fields=["path", "statement_way"])
    browser.post("/register/challenge/without")
    application.refresh_from_db()
    assert application.statement_way == "shop"


def test_without_script_the_page_names_the_movements_and_takes_a_video(browser):
    assert browser.post("/register/challenge/start")["Location"] == "/register/challenge"
    page = browser.get("/register/challenge").content.decode()
    challenge = Challenge.objects.get()
    assert challenge_on(page) == str(challenge.pk)
    positions = [page.index(f'data-step="{step}"') for step in challenge.steps]
    assert positions == sorted(positions)
    answer = {"challenge": challenge.pk, "video": upload(MP4, "a.mp4", "video/mp4")}
    assert browser.post("/register/challenge", answer)["Location"] == "/register/challenge"
    assert states(browser.get("/register/challenge").content.decode()) == {"challenge": "pending"}


def test_the_script_gets_the_movements_and_sends_a_burst(browser):
    asked = browser.post("/register/challenge/start", headers={"Accept": "application/json"}).json()
    challenge = Challenge.objects.get()
    assert asked == {"challenge": str(challenge.pk), "steps": challenge.steps, "schedule": challenge.schedule}
    assert film(browser, challenge=asked["challenge"])["Location"] == "/register/challenge"
    look(Capture.objects.get(kind=CaptureKind.CHALLENGE))
    page = browser.get("/register/challenge").content.decode()
    assert states(page) == {"challenge": "good"}
    assert 'href="/register/review"' in page


def test_an_answer_to_nothing_is_refused_in_words(browser):
    response = film(browser, challenge="00000000-0000-4000-8000-000000000000")
    assert response.status_code == 422
    assert str(sentence("challenge_over")) in summary(response.content.decode())


def test_while_others_films_are_taken_in_it_is_refused_as_too_busy_and_can_be_sent_again(browser, monkeypatch):
    """Not the person's mistake: 503, in words, and the challenge stands (P-REG-8)."""
    monkeypatch.setattr(decoding, "PATIENCE", 0.01)
    asked = browser.post("/register/challenge/start", headers={"Accept": "application/json"}).json()
    with decoding.decoding_slot():
        refused = film(browser, challenge=asked["challenge"])
    assert refused.status_code == 503
    assert str(sentence("too_busy")) in summary(refused.content.decode())
    assert film(browser, challenge=asked["challenge"])["Location"] == "/register/challenge"


@pytest.mark.parametrize("sizes", ["", "[1, 2, 3]", "[-1, 5, 6]", "nonsense", "{}"])
def test_pictures_whose_sizes_do_not_add_up_are_refused(browser, sizes):
    response = film(browser, sizes=sizes)
    assert response.status_code == 422
    assert not Capture.objects.filter(kind=CaptureKind.CHALLENGE).exists()


@pytest.mark.parametrize("times", ["", "[1]", "nonsense", "{}", json.dumps(["a", "b", "c"]), "[[1],[2],[3]]"])
def test_pictures_without_their_times_are_refused(browser, times):
    response = film(browser, times=times)
    assert response.status_code == 422
    assert not Capture.objects.filter(kind=CaptureKind.CHALLENGE).exists()


def test_nothing_chosen_is_said(browser):
    browser.post("/register/challenge/start")
    response = browser.post("/register/challenge", {"challenge": Challenge.objects.get().pk})
    assert response.status_code == 422
    assert "Record or choose a video first." in summary(response.content.decode())
    assert Challenge.objects.live().exists()


def test_a_picture_that_is_none_is_refused_by_name(browser):
    response = film(browser, video=upload(b"%PDF-1.4"), times="[0]", sizes="[8]")
    assert response.status_code == 422
    assert str(sentence("pdf")) in summary(response.content.decode())


@pytest.mark.parametrize("code", ["step_missed", "wrong_order", "face_changed", "spliced", "replayed", "frozen"])
def test_refused_at_the_first_look_it_is_tried_again_with_another(browser, code):
    """P-REG-7: the person hears why while they are there."""
    film(browser)
    look(Capture.objects.get(kind=CaptureKind.CHALLENGE), CaptureStatus.REJECTED, (code,))
    page = browser.get("/register/challenge").content.decode()
    assert str(sentence(code)) in page
    assert 'href="/register/review"' not in page
    assert film(browser, frames=4).status_code == 302
    assert Challenge.objects.count() == 2


def test_after_three_refusals_a_person_may_go_on_to_a_reviewer(browser):
    for frames in (3, 4, 5):
        film(browser, frames=frames)
        look(Capture.objects.current().get(kind=CaptureKind.CHALLENGE), CaptureStatus.REJECTED, ("step_missed",))
    assert 'href="/register/review"' in browser.get("/register/challenge").content.decode()


def test_whose_card_shows_no_open_eyes_is_led_to_the_other_way_first(application, browser):
    """R-34: before anything is asked; who can do the movements says so."""
    Capture.objects.filter(kind="document_front").update(read_at=None)
    front = Capture.objects.get(kind="document_front")
    front.reading, front.read_at = {"fields": {}, "portrait_eyes": "not_seen"}, front.created_at
    front.save(update_fields=["reading", "read_at"])
    page = browser.get("/register/challenge").content.decode()
    assert "data-challenge-begin" not in page
    assert 'action="/register/challenge/without"' in page
    assert "data-challenge-begin" in browser.get("/register/challenge?movements=1").content.decode()


@pytest.mark.parametrize(
    "numbers", ["[Infinity]", "[1e999]", "[" * 5000, "[[1]]", '{"a": 1}', "null", "[NaN]", "nonsense", "[" + "1," * 5000 + "1]"]
)
@pytest.mark.parametrize("field", ["times", "sizes"])
def test_hostile_numbers_are_an_answer_that_holds_nothing(browser, field, numbers):
    """422 and a sentence, never a fault of ours."""
    response = film(browser, **{field: numbers})
    assert response.status_code == 422
    assert str(sentence("challenge_empty")) in response.content.decode()
    assert not Capture.objects.filter(kind=CaptureKind.CHALLENGE).exists()


def test_after_a_refusal_the_waiting_page_leads_to_another_try(browser):
    """The part of the page that waits is all that is renewed: the way on must be in it (P-REG-7)."""
    film(browser)
    look(Capture.objects.get(kind=CaptureKind.CHALLENGE), CaptureStatus.REJECTED, ("spliced",))
    part = browser.get("/register/challenge/state", headers={"HX-Request": "true"}).content.decode()
    assert 'href="/register/challenge"' in part
