"""The case: masked until the claim's holder states a purpose, and each look is written down (P-ALL-1, P-ALL-4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from tests.factories import desk
from verification.models import Review

pytestmark = pytest.mark.django_db
SHOWN = "张三丰"


@pytest.fixture
def review() -> Review:
    return desk.in_review(name=SHOWN)


@pytest.fixture
def client():
    return desk.signed_in(Role.REVIEWER)


def url(review: Review, act: str = "") -> str:
    return f"/admin/verification/review/{review.pk}/case/{act}"


def views() -> list[tuple[str, str]]:
    return [(event.data["what"], event.purpose) for event in Event.objects.filter(name="pii.viewed")]


def open_case(client, review: Review) -> None:
    client.post(url(review, "take/"))
    client.post(url(review, "open/"), {"purpose": "judge_application"})


def test_masked_by_default_with_differences_marked(client, review):
    """What differs is seen without seeing what it is."""
    response = client.get(url(review))
    page = response.content.decode()
    for secret in (SHOWN, "张三峰", review.application.id_number, review.application.phone, "1990-03-07", "示例路"):
        assert secret not in page
    marks = {row.field: (row.read_mark, row.authority_mark) for row in response.context["parties"][0]["rows"]}
    assert marks["name"] == ("differs", "none")
    assert marks["id_number"] == ("same", "none")
    assert marks["address"] == ("unread", "")
    assert views() == []


def test_open_for_a_purpose_shows_all_and_writes_each_look(client, review):
    """P-ALL-1: unmasking needs a purpose and is recorded, each time."""
    open_case(client, review)
    for _ in range(2):
        page = client.get(url(review)).content.decode()
    for shown in (SHOWN, "张三峰", review.application.id_number, review.application.phone):
        assert shown in page
    assert views() == [("fields", "judge_application")] * 2
    event = Event.objects.filter(name="pii.viewed").last()
    assert (event.actor_name, event.subject_id, str(event.person_id)) == (
        client.user.username,
        str(review.application_id),
        str(review.person_id),
    )


@pytest.mark.parametrize(
    "_case, acts",
    [
        ("without the claim", [("open/", {"purpose": "judge_application"})]),
        ("without a purpose", [("take/", {}), ("open/", {})]),
        ("with a purpose of one's own", [("take/", {}), ("open/", {"purpose": "curiosity"})]),
        ("masked again", [("take/", {}), ("open/", {"purpose": "judge_application"}), ("open/", {"close": "1"})]),
        ("given back", [("take/", {}), ("open/", {"purpose": "judge_application"}), ("release/", {})]),
        ("given back and taken", [("take/", {}), ("open/", {"purpose": "judge_application"}), ("release/", {}), ("take/", {})]),
    ],
)
def test_stays_masked(client, review, _case, acts):
    """Claim and purpose, both, at the time of looking."""
    for act, data in acts:
        client.post(url(review, act), data)
    assert SHOWN not in client.get(url(review)).content.decode()
    assert views() == []


def test_masked_when_the_claim_runs_out(client, review):
    """The lease ends the right to see; taking it again needs the purpose again."""
    open_case(client, review)
    Review.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert SHOWN not in client.get(url(review)).content.decode()
    client.post(url(review, "take/"))
    assert SHOWN not in client.get(url(review)).content.decode()


def test_one_reviewers_purpose_opens_nothing_for_another(client, review):
    """The claim is one person's."""
    open_case(client, review)
    assert SHOWN not in desk.signed_in(Role.SENIOR_REVIEWER).get(url(review)).content.decode()


def test_compliance_sees_the_case_masked_and_cannot_take_it(review):
    """Watches over the queue, judges nothing."""
    client = desk.signed_in(Role.COMPLIANCE)
    assert client.get(url(review)).status_code == 200
    assert client.post(url(review, "take/")).status_code == 403


def test_a_case_that_is_not_there(client):
    """404."""
    assert client.get("/admin/verification/review/00000000-0000-4000-8000-000000000000/case/").status_code == 404


def test_checks_and_history_are_shown_in_words(client, review):
    """P-VER-7: status, score against threshold, engine and version, time, findings in words."""
    page = client.get(url(review), headers={"Accept-Language": "en"}).content.decode()
    for words in (
        "0.512",
        "0.420",
        "2021dec",
        "12 ms",
        "Name differs",
        "The source has no record of this ID number",
        "Application submitted",
    ):
        assert words in page


def test_is_never_cached(client, review):
    """Nothing of it stays on the machine."""
    assert "no-store" in client.get(url(review)).headers["Cache-Control"]


def test_taking_what_another_holds_is_said(client, review):
    """P-VER-5: a conflict answer."""
    other = desk.signed_in(Role.REVIEWER)
    other.post(url(review, "take/"))
    response = client.post(url(review, "take/"), follow=True, headers={"Accept-Language": "en"})
    assert "Another reviewer is judging this application." in response.content.decode()
    review.refresh_from_db()
    assert review.reviewer == other.user


@pytest.mark.parametrize("act", ["take/", "release/", "open/"])
def test_acts_need_a_post(client, review, act):
    """A link changes nothing."""
    assert client.get(url(review, act)).status_code == 405
