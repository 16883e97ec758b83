"""Who may do what in this stage: role and state together. Nobody judges their own, and the claim's holder alone decides."""

from django.utils import timezone

from realname.access.models import Role, Staff
from risk.states import RiskLevel
from verification.models import Decision, Review
from verification.states import Outcome, ReviewStatus

REVIEWERS = {Role.REVIEWER, Role.SENIOR_REVIEWER}


def may_see_queue(user: Staff) -> bool:
    """The queue shows masked data only: reviewers, and compliance who watches over it."""
    return user.is_active and user.role in REVIEWERS | {Role.COMPLIANCE}


def may_judge(user: Staff, review: Review) -> bool:
    """May this reviewer judge applications of this level? Critical ones are for senior reviewers."""
    if not user.is_active or user.role not in REVIEWERS or _rejected_before(user, review):
        return False
    return user.role == Role.SENIOR_REVIEWER or review.level != RiskLevel.CRITICAL


def holds(user: Staff, review: Review) -> bool:
    """Is the review claimed by this reviewer, and the lease still running?"""
    return review.status == ReviewStatus.CLAIMED and review.reviewer_id == user.pk and review.claimed_until > timezone.now()


def _rejected_before(user: Staff, review: Review) -> bool:
    """Whoever rejected an application does not judge the objection against it (R-29)."""
    decisions = Decision.objects.filter(application_id=review.application_id, automatic=False)
    return decisions.filter(outcome=Outcome.REJECT, decided_by=user.get_username()).exists()
