"""Approve, reject, ask again: confirmed, by the claim's holder, with conflicts said in words (P-VER-5)."""

import pytest
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.states import ApplicationStatus
from risk.states import RiskLevel
from tests.factories import desk
from verification.models import Check, Decision, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    client = desk.signed_in(Role.REVIEWER)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(review: Review, act: str) -> str:
    return f"/admin/verification/review/{review.pk}/case/{act}/" if act else f"/admin/verification/review/{review.pk}/case/"


def taken(client, review: Review | None = None, **kwargs) -> Review:
    review = review or desk.in_review(**kwargs)
    client.post(url(review, "take"))
    return review


def seen(client, review: Review | None = None, **kwargs) -> Review:
    """Taken, and all of it looked at."""
    review = taken(client, review, **kwargs)
    desk.look_at_all(client, review)
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
    review = seen(client, bad=False)
    response = client.post(url(review, "approve"), {"note": "Compared by eye."}, follow=True)
    assert "The application is approved and the line is active." in response.content.decode()
    assert status_of(review) == ApplicationStatus.ACTIVATED
    decision = Decision.objects.get(application=review.application)
    assert (decision.decided_by, decision.note, decision.automatic) == (client.user.username, "Compared by eye.", False)


def test_high_risk_needs_a_second_reviewer(client):
    """P-VER-5: the first approval hands it on, and the first reviewer cannot give the second."""
    review = seen(client, level=RiskLevel.HIGH, bad=False)
    response = client.post(url(review, "approve"), follow=True)
    assert "Another reviewer must approve as well" in response.content.decode()
    seen(client, review)
    response = client.post(url(review, "approve"), follow=True)
    assert "It needs a second reviewer." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW
    client.post(url(review, "release"))
    second = desk.signed_in(Role.REVIEWER)
    seen(second, review)
    second.post(url(review, "approve"))
    assert status_of(review) == ApplicationStatus.ACTIVATED


def test_what_was_not_looked_at_cannot_be_approved(client):
    """P-VER-4: the page offers no button and names what is left; the act is refused, and nothing was shown to anybody."""
    review = taken(client, bad=False)
    page = client.get(url(review, "approve")).content.decode()
    assert "Yes, approve" not in page
    assert "the personal data; ID card, portrait side; ID card, emblem side; Selfie; Movements before the camera." in page
    response = client.post(url(review, "approve"), {"note": ""}, follow=True)
    assert "You have not opened everything since you took this application." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW
    assert not Event.objects.filter(name="pii.viewed").exists()


def test_the_case_offers_to_approve_once_it_is_open(client):
    review = taken(client, bad=False)
    assert "Approve …" not in (page := client.get(url(review, "")).content.decode())
    assert "This application cannot be approved yet." in page
    desk.look_at_all(client, review)
    assert "Approve …" in client.get(url(review, "")).content.decode()
    assert "Yes, approve" in client.get(url(review, "approve")).content.decode()


def test_a_name_that_nothing_proves_is_never_approved(client):
    """R-01: it differs from the card, and the registry does not know it."""
    review = seen(client)
    assert "Approve …" not in client.get(url(review, "")).content.decode()
    response = client.post(url(review, "approve"), {"reason": "COMPARED_BY_EYE"}, follow=True)
    assert "is not the one on the card, and nothing else proves it." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW


def test_a_failed_check_is_set_aside_for_a_reason_and_by_two(client):
    """P-VER-5: the registry has no record; each of two says why it is approved nevertheless."""
    review = seen(client, bad=False)
    Check.objects.filter(kind="authority_identity").update(status="failed", reason="AUTHORITY_NO_RECORD", findings=["NO_RECORD"])
    page = client.get(url(review, "approve")).content.decode()
    assert "The source has no record of this ID number." in page
    assert "another reviewer must approve after you" in page
    assert client.post(url(review, "approve"), {"note": "fine"}).status_code == 422
    client.post(url(review, "approve"), {"reason": "CLEARED_UP", "note": "Asked the registry by telephone."})
    assert status_of(review) == ApplicationStatus.IN_REVIEW
    second = desk.signed_in(Role.REVIEWER)
    seen(second, review)
    second.post(url(review, "approve"), {"reason": "COMPARED_BY_EYE"})
    assert status_of(review) == ApplicationStatus.ACTIVATED
    assert Decision.objects.get(application=review.application).reasons == ["APPROVED", "COMPARED_BY_EYE"]
    assert Event.objects.get(name="review.seconded").reason == "CLEARED_UP"


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


@pytest.mark.parametrize("act, data", [("approve", {"reason": "COMPARED_BY_EYE"}), ("reject", {"reason": "NOT_THE_HOLDER"})])
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

    review = seen(client, bad=False)
    monkeypatch.setattr(approve_application, "approve", lambda **kwargs: "LINE_LIMIT")
    response = client.post(url(review, "approve"), follow=True)
    assert "The person&#x27;s line limit is reached (R-13)." in response.content.decode()
    assert status_of(review) == ApplicationStatus.IN_REVIEW
