"""Approve, reject, ask again: confirmed, by the claim's holder, with conflicts said in words (P-VER-5)."""

import pytest
from django.utils import timezone

from realname.access.models import Role
from registration.states import ApplicationStatus
from risk.states import RiskLevel
from tests.factories import desk
from verification.models import Decision, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    client = desk.signed_in(Role.REVIEWER)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(review: Review, act: str) -> str:
    return f"/admin/verification/review/{review.pk}/case/{act}/"


def taken(client, **kwargs) -> Review:
    review = desk.in_review(**kwargs)
    client.post(url(review, "take"))
    return review


def status_of(review: Review) -> str:
    review.application.refresh_from_db()
    return review.application.status


@pytest.mark.parametrize("act", ["approve", "reject", "ask-again"])
def test_asks_for_confirmation_first(client, act):
    """A look at the page changes nothing."""
    review = taken(client)
    assert client.get(url(review, act)).status_code == 200
    assert status_of(review) == ApplicationStatus.IN_REVIEW


def test_approves(client):
    """The line is active; the decision is the reviewer's."""
    review = taken(client)
    response = client.post(url(review, "approve"), {"note": "Compared by eye."}, follow=True)
    assert "The application is approved and the line is active." in response.content.decode()
    assert status_of(review) == ApplicationStatus.ACTIVATED
    decision = Decision.objects.get(application=review.application)
    assert (decision.decided_by, decision.note, decision.automatic) == (client.user.username, "Compared by eye.", False)


def test_high_risk_needs_a_second_reviewer(client):
    """P-VER-5: the first approval hands it on, and the first reviewer cannot give the second."""
    review = taken(client, level=RiskLevel.HIGH)
    response = client.post(url(review, "approve"), follow=True)
    assert "another reviewer must approve as well" in response.content.decode()
    client.post(url(review, "take"))
    response = client.post(url(review, "approve"), follow=True)
    assert "A high risk needs a second reviewer." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW
    client.post(url(review, "release"))
    second = desk.signed_in(Role.REVIEWER)
    second.post(url(review, "take"))
    second.post(url(review, "approve"))
    assert status_of(review) == ApplicationStatus.ACTIVATED


def test_rejects_for_a_structured_reason(client):
    """R-05."""
    review = taken(client)
    client.post(url(review, "reject"), {"reason": "NOT_THE_HOLDER", "note": ""})
    assert status_of(review) == ApplicationStatus.REJECTED
    assert review.application.reason_codes == ["NOT_THE_HOLDER"]


@pytest.mark.parametrize("reason", ["", "RISK_HIGH", "BECAUSE"])
def test_a_rejection_without_a_reason_of_the_list_is_refused(client, reason):
    """Nothing changes; the page says what is missing."""
    review = taken(client)
    response = client.post(url(review, "reject"), {"reason": reason})
    assert response.status_code == 422
    assert "Please choose a reason." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW


def test_asks_for_named_items_only(client):
    """P-REG-7."""
    review = taken(client)
    client.post(url(review, "ask-again"), {"items": ["selfie"], "reason": "SELFIE_UNUSABLE"})
    assert status_of(review) == ApplicationStatus.NEEDS_RESUBMISSION
    assert review.application.items_to_resubmit == ["selfie"]


@pytest.mark.parametrize(
    "data", [{"reason": "SELFIE_UNUSABLE"}, {"items": ["statement"], "reason": "SELFIE_UNUSABLE"}, {"items": ["selfie"]}]
)
def test_asking_again_needs_items_and_a_reason(client, data):
    """A statement is not an item of the way with a face."""
    review = taken(client)
    assert client.post(url(review, "ask-again"), data).status_code == 422
    assert status_of(review) == ApplicationStatus.IN_REVIEW


@pytest.mark.parametrize("act, data", [("approve", {}), ("reject", {"reason": "NOT_THE_HOLDER"})])
def test_without_the_claim_nothing_is_judged(client, act, data):
    """Neither before taking it nor after the lease."""
    review = desk.in_review()
    client.post(url(review, act), data)
    assert status_of(review) == ApplicationStatus.IN_REVIEW
    client.post(url(review, "take"))
    Review.objects.update(claimed_until=timezone.now())
    response = client.post(url(review, act), data, follow=True)
    assert "You no longer hold this application." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW


def test_critical_ones_are_for_senior_reviewers(client):
    """The button is not there, and the act is refused."""
    review = desk.in_review(level=RiskLevel.CRITICAL)
    assert not client.get(f"/admin/verification/review/{review.pk}/case/").context["may_take"]
    client.post(url(review, "take"))
    review.refresh_from_db()
    assert review.reviewer is None


def test_a_limit_of_law_stands_against_an_approval(client, monkeypatch):
    """R-13: said in words, nothing changed."""
    from verification.services import approve_application

    review = taken(client)
    monkeypatch.setattr(approve_application, "approve", lambda **kwargs: "LINE_LIMIT")
    response = client.post(url(review, "approve"), follow=True)
    assert "The person&#x27;s line limit is reached (R-13)." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW
