"""What every judgement of a reviewer shares: the claim is theirs, the review closes, the decision is written."""

from uuid import UUID

from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from registration.locks import lock_application
from registration.models import Application
from verification import access
from verification.errors import NotAllowed, ReasonMissing, ReviewNotHeld
from verification.locks import lock_open_review
from verification.models import Decision, Review
from verification.reasons import REASONS
from verification.states import Outcome, ReviewStatus


def held_review(*, application_id: UUID, reviewer: Staff) -> tuple[Application, Review]:
    """The application and its review, locked, held by this reviewer. Raises ReviewNotHeld, NotAllowed."""
    application = lock_application(application_id)
    review = lock_open_review(application_id)
    if review is None or not access.holds(reviewer, review):
        raise ReviewNotHeld
    if not access.may_judge(reviewer, review):
        raise NotAllowed
    return application, review


def close_review(
    *,
    actor: Actor,
    application: Application,
    review: Review,
    outcome: Outcome,
    reasons: list[str],
    note: str,
    items: list[str] | None = None,
) -> Decision:
    """Close the review with its decision. Raises ReasonMissing for an unknown or missing reason."""
    if not reasons or any(code not in REASONS for code in reasons):
        raise ReasonMissing
    review.move(to=ReviewStatus.CLOSED)
    review.closed_at = timezone.now()
    review.save(update_fields=["status", "closed_at"])
    decision = Decision.objects.create(
        person_id=application.person_id,
        application=application,
        round=review.round,
        outcome=outcome,
        reasons=reasons,
        items=items or [],
        risk_level=review.level,
        policy_version=policy.version(),
        automatic=False,
        decided_by=actor.name,
        note=note[:500],
    )
    record(
        "review.closed",
        actor=actor,
        subject=review,
        person_id=application.person_id,
        related=application,
        reason=reasons[0],
        data={"outcome": outcome, "reasons": reasons, "level": review.level, "late": review.closed_at > review.deadline_at},
    )
    return decision
