"""P-VER-5: claims with a lease, structured reasons, four eyes on high risk, nobody decides what they do not hold."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.models import Line
from registration.services.request_review import request_review
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories import verification as verified
from tests.factories.access import staff, staff_actor
from verification.errors import (
    ApprovalBarred,
    EvidenceNotOpened,
    IdentityUnproven,
    NotAllowed,
    ReasonMissing,
    ReviewNotHeld,
    ReviewTaken,
    SecondPairOfEyesNeeded,
)
from verification.models import Check, Decision, Review
from verification.reasons import FOUR_EYES
from verification.selectors import review_queue
from verification.services.approve_application import approve_application
from verification.services.ask_again import ask_again
from verification.services.note_view import note_view
from verification.services.reject_application import reject_application
from verification.services.settle_review import settle_review
from verification.services.take_for_review import release_review
from verification.states import ReviewStatus

pytestmark = pytest.mark.django_db

S = ApplicationStatus


def who(reviewer, application) -> dict:
    return {"actor": staff_actor(reviewer), "application_id": application.pk, "reviewer": reviewer}


def test_approved_by_its_holder_it_is_activated():
    application = verified.in_review()
    reviewer = verified.taken_and_seen(application)
    approve_application(**who(reviewer, application), note="compared by eye")
    application.refresh_from_db()
    decision = Decision.objects.get(application=application)
    assert application.status == S.ACTIVATED
    assert (decision.automatic, decision.decided_by, decision.note) == (False, reviewer.username, "compared by eye")
    assert Review.objects.get().status == ReviewStatus.CLOSED


def test_rejected_for_a_structured_reason():
    application = verified.in_review()
    reviewer = verified.taken(application)
    for reason in ("", "BECAUSE"):
        with pytest.raises(ReasonMissing):
            reject_application(**who(reviewer, application), reason=reason)
    reject_application(**who(reviewer, application), reason="NOT_THE_HOLDER")
    application.refresh_from_db()
    assert (application.status, application.reason_codes) == (S.REJECTED, ["NOT_THE_HOLDER"])
    assert Review.objects.get().status == ReviewStatus.CLOSED


def test_asked_again_for_named_items_only():
    application = verified.in_review()
    reviewer = verified.taken(application)
    for items in ([], ["passport"], ["selfie", "passport"]):
        with pytest.raises(ReasonMissing):
            ask_again(**who(reviewer, application), items=items, reason="DOCUMENT_UNREADABLE")
    ask_again(**who(reviewer, application), items=["selfie", "details"], reason="DOCUMENT_UNREADABLE")
    application.refresh_from_db()
    assert (application.status, application.items_to_resubmit) == (S.NEEDS_RESUBMISSION, ["selfie", "details"])


def test_a_claim_is_its_reviewers_alone_and_ends_with_its_lease():
    application = verified.in_review()
    first, second = staff(Role.REVIEWER), staff(Role.REVIEWER)
    verified.taken(application, first)
    with pytest.raises(ReviewTaken):
        verified.taken(application, second)
    with pytest.raises(ReviewNotHeld):
        approve_application(**who(second, application))
    with time_machine.travel(timezone.now() + timedelta(seconds=1201)):
        verified.taken(application, second)
        with pytest.raises(ReviewNotHeld):
            approve_application(**who(first, application))
    assert not Line.objects.exists()


def test_a_released_review_waits_for_anybody():
    application = verified.in_review()
    first = verified.taken(application, staff(Role.REVIEWER))
    release_review(**who(first, application))
    with pytest.raises(ReviewNotHeld):
        release_review(**who(first, application))
    assert verified.taken(application, staff(Role.REVIEWER))


def test_taken_again_by_its_holder_it_is_the_same_claim():
    application = verified.in_review()
    reviewer = verified.taken(application)
    verified.taken(application, reviewer)
    assert Event.objects.filter(name="review.taken").count() == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.RISK_OFFICER, Role.COMPLIANCE, Role.ADMINISTRATOR, ""])
def test_only_reviewers_judge(role):
    application = verified.in_review()
    with pytest.raises(NotAllowed):
        verified.taken(application, staff(role))


def test_a_critical_risk_is_for_senior_reviewers():
    application = verified.in_review(level="critical")
    with pytest.raises(NotAllowed):
        verified.taken(application, staff(Role.REVIEWER))
    assert verified.taken(application, staff(Role.SENIOR_REVIEWER))


@pytest.mark.parametrize("level", ["high", "critical"])
def test_a_high_risk_needs_two_who_approve(level):
    application = verified.in_review(level=level)
    first = verified.taken_and_seen(application)
    approve_application(**who(first, application))
    application.refresh_from_db()
    assert application.status == S.IN_REVIEW
    assert not Line.objects.exists()
    verified.taken_and_seen(application, first)
    with pytest.raises(SecondPairOfEyesNeeded):
        approve_application(**who(first, application))
    release_review(**who(first, application))
    second = verified.taken_and_seen(application)
    approve_application(**who(second, application))
    application.refresh_from_db()
    assert application.status == S.ACTIVATED
    assert Decision.objects.count() == 1


def test_nothing_is_approved_unseen():
    """P-VER-4: every current capture and the data, by this reviewer, under this claim; another's look or an earlier one does not count."""
    application = verified.in_review()
    first, second = staff(Role.REVIEWER), staff(Role.REVIEWER)
    verified.taken_and_seen(application, first)
    release_review(**who(first, application))
    for reviewer in (second, first):
        verified.taken(application, reviewer)
        with pytest.raises(EvidenceNotOpened) as refused:
            approve_application(**who(reviewer, application))
        assert len(refused.value.things) == 5
        release_review(**who(reviewer, application))
    review = Review.objects.get()
    verified.taken(application, first)
    captures = [("fields", ""), *application.captures.current().values_list("kind", "pk")]
    for left, (what, thing) in zip((4, 3, 2, 1), captures, strict=False):
        note_view(actor=staff_actor(first), review=review, purpose="judge_application", what=what, thing=str(thing))
        with pytest.raises(EvidenceNotOpened) as refused:
            approve_application(**who(first, application))
        assert len(refused.value.things) == left
    assert not Line.objects.exists()


@pytest.mark.parametrize("reason", sorted(FOUR_EYES))
def test_the_graver_failures_are_set_aside_by_two_each_for_a_reason(reason):
    """P-VER-5."""
    application = verified.in_review(level="low")
    verified.ended_checks(application, liveness_passive=("failed", reason))
    first = verified.taken_and_seen(application)
    for missing in ("", "APPROVED", "NOT_THE_HOLDER"):
        with pytest.raises(ReasonMissing):
            approve_application(**who(first, application), reason=missing)
    approve_application(**who(first, application), reason="COMPARED_BY_EYE")
    verified.taken_and_seen(application, first)
    with pytest.raises(SecondPairOfEyesNeeded):
        approve_application(**who(first, application), reason="COMPARED_BY_EYE")
    assert not Line.objects.exists()
    release_review(**who(first, application))
    second = verified.taken_and_seen(application)
    approve_application(**who(second, application), reason="SEEN_IN_PERSON")
    assert Line.objects.count() == 1
    assert Decision.objects.get().reasons == ["APPROVED", "SEEN_IN_PERSON"]


@pytest.mark.parametrize("registry", ["passed", "failed", "error", "inconclusive"])
@pytest.mark.parametrize("differs", ["name_differs", "id_number_differs", "address_differs"])
def test_no_person_is_written_under_a_name_or_number_that_nothing_proves(differs, registry):
    """R-01: a misread name is proven by the registry under the card's number; a number that is not the card's is not proven by it."""
    application = verified.in_review(level="low")
    verified.ended_checks(application, field_consistency=("failed", "FIELDS_DIFFER"), authority_identity=(registry, ""))
    Check.objects.filter(kind="field_consistency").update(findings=[differs])
    proven = differs == "address_differs" or (differs == "name_differs" and registry == "passed")
    for _ in range(2):
        reviewer = verified.taken_and_seen(application)
        try:
            approve_application(**who(reviewer, application), reason="COMPARED_BY_EYE")
        except IdentityUnproven:
            release_review(**who(reviewer, application))
    assert Line.objects.exists() == proven


def test_no_reviewer_passes_the_line_limit():
    """R-13."""
    number = make.new_id_number()
    for _ in range(5):
        make.activated(id_number=number)
    application = verified.in_review(id_number=number)
    reviewer = verified.taken_and_seen(application)
    with pytest.raises(ApprovalBarred) as barred:
        approve_application(**who(reviewer, application))
    assert barred.value.code == "LINE_LIMIT"
    application.refresh_from_db()
    assert application.status == S.IN_REVIEW
    assert Review.objects.get(application=application).status == ReviewStatus.CLAIMED


def test_the_queue_is_ordered_by_risk_and_then_by_deadline():
    low, later, high = verified.in_review(level="low"), verified.in_review(level="low"), verified.in_review(level="high")
    Review.objects.filter(application=low).update(deadline_at=timezone.now())
    assert [review.application_id for review in review_queue()] == [high.pk, low.pk, later.pk]


def test_a_refused_person_who_demands_it_is_put_before_a_reviewer_once():
    """R-29."""
    application = make.rejected(reason="FACE_MISMATCH")
    request_review(actor=make.person_actor(application), application_id=application.pk)
    for _ in range(2):
        settle_review(application_id=application.pk)
    assert Review.objects.get(application=application).reasons == ["REVIEW_REQUESTED", "FACE_MISMATCH"]


def test_what_was_taken_back_leaves_the_queue():
    application = verified.in_review()
    verified.taken(application)
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    for _ in range(2):
        settle_review(application_id=application.pk)
    assert not review_queue().exists()
    assert not Decision.objects.exists()
