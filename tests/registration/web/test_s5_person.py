"""The selfie, and the ways without face recognition (R-33)."""

import re

import pytest
from django.utils import timezone

from registration.models import Application, Capture, Challenge
from registration.states import CaptureStatus, StatementWay, VerificationPath
from registration.web.findings import sentence
from tests.registration.web.sessions import browser_of, challenge_on, entered, jpeg, look, proven, states, summary, take, upload

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(500)


def at_the_person(**kwargs):
    """A browser that has come to step 5."""
    client = browser_of(proven(**kwargs))
    take(client, "front")
    take(client, "back")
    assert client.post("/register/details", entered()).status_code == 302
    return client


@pytest.fixture
def browser():
    return at_the_person()


def face_free(way: StatementWay):
    return at_the_person(path=VerificationPath.FACE_FREE, statement_way=way)


def test_details_come_before_the_selfie():
    """The first missing part is shown instead."""
    assert browser_of(proven()).get("/register/selfie")["Location"] == "/register/document"


def test_selfie_is_looked_at_and_leads_on(browser):
    """Good, it leads to the movements."""
    assert browser.post("/register/selfie", {"photo": upload(jpeg())})["Location"] == "/register/selfie"
    assert states(browser.get("/register/selfie").content.decode()) == {"selfie": "pending"}
    look(Capture.objects.get(kind="selfie"))
    part = browser.get("/register/selfie/state?seen=pending1", headers={"HX-Request": "true"}).content.decode()
    assert states(part) == {"selfie": "good"}
    assert 'href="/register/challenge"' in part
    assert "hx-get" not in part


@pytest.mark.parametrize("code", ["no_face", "several_faces", "face_too_small"])
def test_what_is_wrong_with_a_selfie_is_said(browser, code):
    """And it does not lead on."""
    browser.post("/register/selfie", {"photo": upload(jpeg())})
    look(Capture.objects.get(kind="selfie"), CaptureStatus.REJECTED, (code,))
    html = browser.get("/register/selfie").content.decode()
    assert str(sentence(code)) in html
    assert 'href="/register/review"' not in html


def test_selfie_that_is_no_picture_is_refused(browser):
    """Beside the field, and nothing is kept."""
    response = browser.post("/register/selfie", {"photo": upload(b"%PDF-1.4")})
    assert response.status_code == 422
    assert "PDF" in summary(response.content.decode())
    assert not Capture.objects.filter(kind="selfie").exists()


def test_the_way_without_face_is_one_press_away(browser):
    """R-33."""
    assert 'href="/register/consent"' in browser.get("/register/selfie").content.decode()


def test_video_is_kept_and_leads_to_the_review():
    """R-33: a person watches it; the sentence to read names number and person."""
    browser = face_free(StatementWay.VIDEO)
    page = browser.get("/register/statement").content.decode()
    assert "张三丰" in page
    assert Application.objects.get().phone in page
    answer = {"challenge": challenge_on(page), "video": upload(MP4, "a.mp4", "video/mp4")}
    assert browser.post("/register/statement", answer)["Location"] == "/register/review"
    assert Capture.objects.filter(kind="statement").exists()
    assert browser.get("/register/review").status_code == 200


@pytest.mark.parametrize(("content", "code"), [(jpeg(), "not_a_video"), (bytes(21 * 1024 * 1024), "too_large"), (b"", "empty")])
def test_file_that_is_no_video_is_refused(content, code):
    """By name."""
    browser = face_free(StatementWay.VIDEO)
    challenge = challenge_on(browser.get("/register/statement").content.decode())
    response = browser.post("/register/statement", {"challenge": challenge, "video": upload(content, "a.mp4", "video/mp4")})
    assert response.status_code == 422
    assert summary(response.content.decode()).endswith(str(sentence(code)))


def test_the_digits_to_read_are_given_once_and_kept_with_the_video():
    """P-REG-3: a video made before can't hold them; the reviewer hears whether they are these."""
    browser = face_free(StatementWay.VIDEO)
    page = browser.get("/register/statement").content.decode()
    digits = re.search(r'data-digits="(\d{6})"', page).group(1)
    assert challenge_on(browser.get("/register/statement").content.decode()) == challenge_on(page)
    answer = {"challenge": challenge_on(page), "video": upload(MP4, "a.mp4", "video/mp4")}
    assert browser.post("/register/statement", answer).status_code == 302
    assert Capture.objects.get(kind="statement").challenge.digits == digits
    again = {**answer, "video": upload(MP4 + b"1", "a.mp4", "video/mp4")}
    response = browser.post("/register/statement", again)
    assert response.status_code == 422
    assert str(sentence("digits_over")) in summary(response.content.decode())
    assert challenge_on(response.content.decode()) != challenge_on(page)
    assert Capture.objects.filter(kind="statement").count() == 1


def test_the_video_that_was_sent_before_is_refused_in_words():
    """P-REG-3: it was made before these digits were drawn."""
    browser = face_free(StatementWay.VIDEO)
    for status in (302, 422):
        page = browser.get("/register/statement").content.decode()
        answer = {"challenge": challenge_on(page), "video": upload(MP4, "a.mp4", "video/mp4")}
        response = browser.post("/register/statement", answer)
        assert response.status_code == status
    assert str(sentence("film_sent_before")) in summary(response.content.decode())
    assert Capture.objects.filter(kind="statement").count() == 1


def test_digits_expire():
    browser = face_free(StatementWay.VIDEO)
    page = browser.get("/register/statement").content.decode()
    Challenge.objects.update(expires_at=timezone.now())
    response = browser.post("/register/statement", {"challenge": challenge_on(page), "video": upload(MP4, "a.mp4", "video/mp4")})
    assert str(sentence("digits_over")) in summary(response.content.decode())
    assert not Capture.objects.filter(kind="statement").exists()


def test_visit_to_a_shop_is_explained():
    """Nothing is asked for, the way leads on."""
    html = face_free(StatementWay.SHOP).get("/register/statement").content.decode()
    assert 'href="/register/review"' in html
    assert 'type="file"' not in html


@pytest.mark.parametrize(("way", "page", "other"), [("", "selfie", "statement"), ("video", "statement", "selfie")])
def test_each_way_has_its_own_page(way, page, other):
    """The other's leads to it."""
    browser = face_free(StatementWay(way)) if way else at_the_person()
    assert browser.get(f"/register/{other}")["Location"] == f"/register/{page}"
    assert browser.put(f"/register/{page}").status_code == 405
