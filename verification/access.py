"""Who may do what in this stage: role and state together. Nobody judges their own, and the claim's holder alone decides."""

from django.utils import timezone
from risk.states import RiskLevel

from realname.access.models import Role, Staff
from verification.models import Review
from verification.states import ReviewStatus

REVIEWERS = {Role.REVIEWER, Role.SENIOR_REVIEWER}


def may_see_queue(user: Staff) -> bool:
    """The queue shows masked data only: reviewers, and compliance who watches over it."""
    return user.is_active and user.role in REVIEWERS | {Role.COMPLIANCE}


def may_judge(user: Staff, review: Review) -> bool:
    """May this reviewer judge applications of this level? Critical ones are for senior reviewers."""
    if not user.is_active or user.role not in REVIEWERS:
        return False
    return user.role == Role.SENIOR_REVIEWER or review.level != RiskLevel.CRITICAL


def holds(user: Staff, review: Review) -> bool:
    """Is the review claimed by this reviewer, and the lease still running?"""
    return review.status == ReviewStatus.CLAIMED and review.reviewer_id == user.pk and review.claimed_until > timezone.now()
