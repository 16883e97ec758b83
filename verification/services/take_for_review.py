"""A reviewer takes an application: theirs alone for the time of the lease."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from verification import access
from verification.errors import NotAllowed, ReviewNotHeld, ReviewTaken
from verification.locks import lock_open_review
from verification.models import Review
from verification.policy import REVIEW_LEASE
from verification.states import ReviewStatus


@transaction.atomic
def take_for_review(*, actor: Actor, application_id: UUID, reviewer: Staff) -> Review:
    """Claim the open review, or renew one's own claim. Raises ReviewTaken, ReviewNotHeld (none open), NotAllowed (P-VER-5)."""
    review = lock_open_review(application_id)
    if review is None:
        raise ReviewNotHeld
    if not access.may_judge(reviewer, review):
        raise NotAllowed
    now = timezone.now()
    if review.status == ReviewStatus.CLAIMED and review.reviewer_id != reviewer.pk and review.claimed_until > now:
        raise ReviewTaken
    renewed = access.holds(reviewer, review)
    review.move(to=ReviewStatus.CLAIMED)
    review.reviewer = reviewer
    review.claimed_until = now + timedelta(seconds=policy.value(REVIEW_LEASE))
    review.save(update_fields=["status", "reviewer", "claimed_until"])
    if not renewed:
        record("review.taken", actor=actor, subject=review, person_id=review.person_id, related=review.application)
    return review


@transaction.atomic
def release_review(*, actor: Actor, application_id: UUID, reviewer: Staff) -> None:
    """Give a claimed review back to the queue. Raises ReviewNotHeld."""
    review = lock_open_review(application_id)
    if review is None or not access.holds(reviewer, review):
        raise ReviewNotHeld
    review.move(to=ReviewStatus.WAITING)
    review.reviewer = review.claimed_until = None
    review.save(update_fields=["status", "reviewer", "claimed_until"])
    record("review.released", actor=actor, subject=review, person_id=review.person_id, related=review.application)
