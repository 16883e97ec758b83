"""What a reviewer sees of two people, and what an approval must stand on (R-03, P-VER-4, P-VER-5)."""

import pytest
from django.db import transaction

from realname.access.models import Role
from registration.models import Application
from registration.selectors import missing_parts
from registration.states import ApplicationStatus, Party
from risk.states import RiskLevel
from tests.factories import desk
from tests.factories import registration as make
from tests.factories.access import staff_actor
from tests.factories.verification import ended_checks, taken
from verification.approval import approval_of
from verification.desk.case import parties
from verification.errors import IdentityUnproven
from verification.models import Review
from verification.selectors import checks_of_round
from verification.services.ask_again import ask_again
from verification.services.open_review import open_review
from verification.states import CheckStatus

pytestmark = pytest.mark.django_db


def in_review(representation: str = "guardian", **bad: tuple[str, str]) -> Review:
    application = make.handed_in_for_another(representation)
    with transaction.atomic():
        application.move(to=ApplicationStatus.VERIFYING)
        application.move(to=ApplicationStatus.IN_REVIEW)
        application.save(update_fields=["status"])
        ended_checks(application, representation=(CheckStatus.INCONCLUSIVE, "REPRESENTATION_TO_JUDGE"), **bad)
        return open_review(application=application, level=RiskLevel.LOW, reasons=["REPRESENTATION_TO_JUDGE"])


def test_evidence_is_labelled_by_party():
    """R-03: each document beside its own details; the face and the proof beside who acts."""
    review = in_review()
    child, guardian = parties(review, checks_of_round(review.application), full=True)
    assert [photo["kind"] for photo in child["photos"]] == ["document_front", "document_back"]
    assert [photo["kind"] for photo in guardian["photos"]] == [
        "representative_front",
        "representative_back",
        "relation",
        "selfie",
        "challenge",
    ]
    entered = {row.field: row.entered for row in guardian["rows"]}
    assert entered["id_number"] == review.application.representative.id_number
    assert {row.field: row.entered for row in child["rows"]}["id_number"] == review.application.id_number


def test_page_shows_both_masked_until_opened():
    """P-ALL-1."""
    review = in_review()
    client = desk.signed_in(Role.REVIEWER)
    page = f"/admin/verification/review/{review.pk}/case/"
    representative = review.application.representative
    numbers = (review.application.id_number, representative.id_number, representative.phone)
    html = client.get(page).content.decode()
    assert ('data-party="principal"' in html, 'data-party="representative"' in html) == (True, True)
    assert not any(number in html for number in numbers)
    client.post(f"{page}take/")
    client.post(f"{page}open/", {"purpose": "judge_application"})
    html = client.get(page).content.decode()
    assert all(number in html for number in numbers)


def test_both_documents_must_be_opened_before_an_approval():
    review = in_review()
    reviewer = taken(review.application)
    review.refresh_from_db()
    unopened = [str(each) for each in approval_of(review, reviewer).unopened]
    # the data, two sides of each document, the proof, the selfie, the movements
    assert len(unopened) == 8


@pytest.mark.parametrize("party", Party.values)
def test_number_that_is_not_on_the_card_bars_the_approval_whosever_it_is(party):
    """A number that is not the card's is nobody's to wave through, of neither."""
    kind = "field_consistency" if party == Party.PRINCIPAL else "representative_field_consistency"
    review = in_review(**{kind: (CheckStatus.FAILED, "FIELDS_DIFFER")})
    review.application.checks.filter(kind=kind).update(findings=["id_number_differs"])
    reviewer = taken(review.application)
    review.refresh_from_db()
    approval = approval_of(review, reviewer)
    assert approval.unproven
    assert isinstance(approval.barriers()[0], IdentityUnproven)


def test_reviewer_asks_for_the_representatives_details_again():
    """P-REG-7: those alone."""
    review = in_review("agent")
    reviewer = taken(review.application)
    ask_again(
        actor=staff_actor(reviewer),
        application_id=review.application_id,
        reviewer=reviewer,
        items=["representative_details", "relation"],
        reason="DETAILS_TO_CHECK",
    )
    application = Application.objects.get(pk=review.application_id)
    assert application.items_to_resubmit == ["representative_details", "relation"]
    assert missing_parts(application) == ["relation", "representative_details"]
