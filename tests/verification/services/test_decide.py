"""When all checks have ended: one decision, carried out."""

import pytest

from realname import policy
from realname.trail.models import Event
from registration.models import Line
from registration.states import ApplicationStatus
from tests.factories import policy as policies
from tests.factories import registration as make
from tests.factories import verification as verified
from verification.models import Check, Decision, Review
from verification.services import decide as deciding
from verification.services.decide import decide
from verification.states import CheckKind, CheckStatus, Outcome

pytestmark = pytest.mark.django_db

S = ApplicationStatus


@pytest.mark.parametrize(
    ("bad", "status", "reasons"),
    [
        ({}, S.ACTIVATED, ["APPROVED"]),
        ({"face_match": ("failed", "FACE_MISMATCH")}, S.REJECTED, ["FACE_MISMATCH"]),
        ({"authority_identity": ("error", "SOURCE_DOWN")}, S.IN_REVIEW, ["SOURCE_DOWN"]),
        ({"ocr_back": ("failed", "DOCUMENT_UNREADABLE")}, S.NEEDS_RESUBMISSION, ["DOCUMENT_UNREADABLE"]),
        ({"liveness_passive": ("failed", "LIVENESS_FAILED")}, S.IN_REVIEW, ["LIVENESS_FAILED", "RISK_HIGH"]),
    ],
)
def test_the_application_goes_where_the_table_says(bad, status, reasons):
    application = verified.all_checked(bad=bad)
    decision = decide(application_id=application.pk)
    application.refresh_from_db()
    assert (application.status, application.reason_codes) == (status, reasons)
    assert (decision.automatic, decision.round, decision.reasons) == (True, 1, reasons)
    assert Line.objects.count() == (status == S.ACTIVATED)
    assert Review.objects.open().count() == (status == S.IN_REVIEW)
    assert application.items_to_resubmit == (["document_back"] if status == S.NEEDS_RESUBMISSION else [])
    assert Event.objects.filter(name="application.decided", subject_id=str(application.pk)).count() == 1


def test_decided_again_nothing_happens():
    application = verified.all_checked()
    decide(application_id=application.pk)
    assert decide(application_id=application.pk) is None
    assert Decision.objects.count() == Line.objects.count() == 1


def test_nothing_is_decided_before_the_last_check_has_ended():
    application = verified.all_checked()
    Check.objects.filter(application=application, kind=CheckKind.FACE_MATCH).update(status=CheckStatus.RUNNING)
    assert decide(application_id=application.pk) is None
    application.refresh_from_db()
    assert application.status == S.VERIFYING


def test_a_check_that_was_never_made_is_no_pass():
    """P-VER-1: not checked differs from checked and good."""
    application = verified.all_checked()
    Check.objects.filter(application=application, kind=CheckKind.AUTHORITY_IDENTITY).delete()
    assert decide(application_id=application.pk).reasons == ["NOT_CHECKED"]
    application.refresh_from_db()
    assert application.status == S.IN_REVIEW


def test_no_check_at_all_is_no_pass():
    assert decide(application_id=make.verifying().pk).outcome == Outcome.REVIEW


def test_an_approval_that_meets_the_limit_at_the_last_moment_is_a_refusal_without_a_trace_of_approval():
    """R-13."""
    number = make.new_id_number()
    for _ in range(5):
        make.activated(id_number=number)
    application = verified.all_checked(id_number=number)
    # the rules of risk may ask for a person first: then nothing is approved either
    decision = decide(application_id=application.pk)
    assert decision.outcome in {Outcome.REJECT, Outcome.REVIEW}
    assert Line.objects.count() == 5
    assert not Event.objects.filter(name="application.approved", subject_id=str(application.pk)).exists()


def test_a_decision_is_made_by_one_version_and_keeps_its_number(monkeypatch):
    """P-VER-7, R-29: what is published while it is made does not reach it, nor what it sets in motion."""
    policies.set_value(key="verification.review_hours", value=12)
    judged = deciding.judge

    def _published_meanwhile(*args, **kwargs):
        policies.set_value(key="verification.review_hours", value=48)
        return judged(*args, **kwargs)

    monkeypatch.setattr(deciding, "judge", _published_meanwhile)
    application = verified.all_checked(bad={"field_consistency": ("failed", "FIELDS_DIFFER")})
    decision = decide(application_id=application.pk)
    review = Review.objects.get()
    assert (decision.policy_version, application.scores.get().policy_version, policy.version()) == (1, 1, 2)
    assert round((review.deadline_at - review.opened_at).total_seconds() / 3600) == 12


def test_the_table_is_read_from_the_version_that_acts():
    """R-29: compliance may bring a person in where the table refuses by default."""
    policies.set_value(key="verification.outcome.face_mismatch", value="review")
    decision = decide(application_id=verified.all_checked(bad={"face_match": ("failed", "FACE_MISMATCH")}).pk)
    assert (decision.outcome, decision.reasons, decision.policy_version) == (Outcome.REVIEW, ["FACE_MISMATCH"], 1)
