"""Photographs leave only watermarked, to the claim's holder, for a purpose, and each look is written down (R-04)."""

import io

import numpy as np
import pytest
from django.db import transaction
from PIL import Image

from realname import watermark as watermarks
from realname.access.models import Role
from realname.trail.models import Event
from realname.vault.files import erase_file, read_file
from realname.watermark import watermark
from registration.services.store_capture import store_capture
from registration.states import ApplicationStatus, CaptureKind
from tests.factories import desk, registration
from verification.models import Review

pytestmark = pytest.mark.django_db
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8


@pytest.fixture
def review() -> Review:
    return desk.in_review()


@pytest.fixture
def client(review):
    client = desk.signed_in(Role.REVIEWER)
    base = f"/admin/verification/review/{review.pk}/case/"
    client.post(base + "take/")
    client.post(base + "open/", {"purpose": "judge_application"})
    return client


def url(review: Review, capture) -> str:
    return f"/admin/verification/review/{review.pk}/case/captures/{capture.pk}/"


def front(review: Review):
    return review.application.captures.get(kind=CaptureKind.DOCUMENT_FRONT)


def test_burns_the_mark_in_and_writes_the_look_down(client, review):
    """R-04: operator, purpose, date and viewer on the picture; never cached; `pii.viewed` with the purpose."""
    response = client.get(url(review, front(review)))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    with Image.open(io.BytesIO(response.content)) as shown, Image.open(io.BytesIO(read_file(front(review).file))) as kept:
        assert shown.width == kept.width and shown.height > kept.height
        part = np.asarray(shown.convert("L"))[: kept.height].astype(int)
        assert (np.abs(part - np.asarray(kept.convert("L")).astype(int)) > 12).mean() > 0.01
    event = Event.objects.get(name="pii.viewed")
    assert (event.purpose, event.data) == ("judge_application", {"what": "document_front", "thing": str(front(review).pk)})


def test_refuses_everybody_else(client, review):
    """404 without the claim, without a purpose, for another case's picture; 403 for other roles. Nothing is written down."""
    other_case = desk.in_review()
    assert client.get(url(review, front(other_case))).status_code == 404
    assert client.get(url(other_case, front(other_case))).status_code == 404
    assert desk.signed_in(Role.SENIOR_REVIEWER).get(url(review, front(review))).status_code == 404
    for role in (Role.COMPLIANCE, Role.RISK_OFFICER, Role.ADMINISTRATOR, Role.CLERK):
        assert desk.signed_in(role).get(url(review, front(review))).status_code == 403
    client.post(f"/admin/verification/review/{review.pk}/case/open/", {"close": "1"})
    assert client.get(url(review, front(review))).status_code == 404
    assert not Event.objects.filter(name="pii.viewed").exists()


def test_an_erased_picture_is_gone(client, review):
    """404, and not an error page."""
    erase_file(front(review).file)
    assert client.get(url(review, front(review))).status_code == 404


@pytest.mark.parametrize(
    "asked, status, start, end",
    [("", 200, 0, None), ("bytes=0-", 206, 0, None), ("bytes=10-19", 206, 10, 20), ("bytes=-5", 206, len(VIDEO) - 5, None)],
)
def test_a_video_is_served_whole_or_by_range(client, review, asked, status, start, end):
    """RFC 9110, section 14: what players ask for; each answer is written down."""
    review.application.status = ApplicationStatus.NEEDS_RESUBMISSION
    review.application.save(update_fields=["status"])
    with transaction.atomic():
        capture = store_capture(
            actor=registration.person_actor(review.application),
            application_id=review.application_id,
            kind=CaptureKind.STATEMENT,
            content=VIDEO,
            media_type="video/mp4",
            event="statement.captured",
        )
    response = client.get(url(review, capture), headers={"Range": asked} if asked else {})
    assert (response.status_code, response.content) == (status, VIDEO[start:end])
    assert response.headers["Content-Type"] == "video/mp4"
    assert Event.objects.get(name="pii.viewed").data["what"] == "statement"


def test_a_range_beyond_the_end_is_refused(client, review):
    """416."""
    from verification.desk.capture import _video

    class Request:
        headers = {"Range": "bytes=99999-"}

    assert _video(Request, VIDEO, "video/mp4").status_code == 416


def test_without_a_chinese_font_the_mark_is_still_drawn(monkeypatch):
    """Latin letters remain: date and viewer."""
    watermarks._font.cache_clear()
    monkeypatch.setattr(watermarks, "_font_file", lambda: "")
    assert watermarks.drawable("运营商 reviewer") == "??? reviewer"
    assert watermark(desk.photograph(), text="运营商 · 2026-11-24 · reviewer")[:2] == b"\xff\xd8"
    watermarks._font.cache_clear()


@pytest.mark.parametrize("size", [(320, 220), (4096, 3000)])
def test_pictures_of_any_size(size):
    """The longer side is cut to what a screen needs."""
    with Image.open(io.BytesIO(watermark(desk.photograph(size=size), text="realname · 2026-11-24 · reviewer"))) as shown:
        assert shown.width == min(size[0], watermarks.LONGEST_SIDE)


def test_a_film_of_movements_is_one_marked_sheet_beside_what_was_asked_for(client, review):
    """P-VER-5: the reviewer sees the steps in their order, and the pictures in theirs; the look is written down."""
    film = review.application.captures.get(kind=CaptureKind.CHALLENGE)
    page = client.get(f"/admin/verification/review/{review.pk}/case/").content.decode()
    assert "向左转头 · 张大嘴" in page
    response = client.get(url(review, film))
    assert response.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(response.content)) as shown:
        # ten pictures of 200 x 150: eight across, two rows, and the mark's band below
        assert shown.width == 1600
        assert shown.height > 300
        first, ninth = shown.getpixel((100, 30)), shown.getpixel((100, 180))
    assert ninth[0] - first[0] > 100  # each picture is redder than the one before
    assert Event.objects.get(name="pii.viewed", data__what="challenge").data["thing"] == str(film.pk)


def test_the_digits_to_be_heard_stand_beside_the_statement():
    """P-REG-3: a person judges whether they are read aloud."""
    review = desk.in_review()
    challenge = registration.asked(registration.started())
    challenge.digits = "408213"
    challenge.save(update_fields=["digits"])
    review.application.captures.filter(kind=CaptureKind.SELFIE).update(challenge=challenge)
    page = desk.signed_in(Role.REVIEWER).get(f"/admin/verification/review/{review.pk}/case/").content.decode()
    assert "应按此顺序听到：" in page
    assert "408213" in page
