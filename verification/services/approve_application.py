"""A reviewer approves."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from registration.models import Application
from verification.approval import Approval, approval_of
from verification.errors import ApprovalBarred, ReasonMissing, SecondPairOfEyesNeeded
from verification.models import Review
from verification.reasons import OVERRIDE_CODES
from verification.services.close_review import close_review, held_review
from verification.services.outcomes import approve
from verification.states import Outcome, ReviewStatus


@transaction.atomic
def approve_application(*, actor: Actor, application_id: UUID, reviewer: Staff, reason: str = "", note: str = "") -> Application:
    """Approve and activate; the first approval of a graver case hands it to a second reviewer (P-VER-5).

    `reason` is one of OVERRIDE_CODES, needed where a check failed. Raises ReviewNotHeld, NotAllowed, IdentityUnproven,
    EvidenceNotOpened, ReasonMissing, SecondPairOfEyesNeeded, ApprovalBarred (a limit of law stands against it).
    """
    application, review = held_review(application_id=application_id, reviewer=reviewer)
    approval = approval_of(review, reviewer)
    _refuse(approval, review, reviewer, reason)
    if approval.needs_two and review.first_approver_id is None:
        _hand_to_second(actor, application, review, reviewer, reason)
        return application
    if refusal := approve(actor=actor, application=application, reason="APPROVED"):
        raise ApprovalBarred(refusal)
    reasons = ["APPROVED", reason] if reason else ["APPROVED"]
    close_review(actor=actor, application=application, review=review, outcome=Outcome.APPROVE, reasons=reasons, note=note)
    return application


def _refuse(approval: Approval, review: Review, reviewer: Staff, reason: str) -> None:
    if review.first_approver_id == reviewer.pk:
        raise SecondPairOfEyesNeeded
    for barrier in approval.barriers():
        raise barrier
    if (approval.overridden or reason) and reason not in OVERRIDE_CODES:
        raise ReasonMissing


def _hand_to_second(actor: Actor, application: Application, review: Review, reviewer: Staff, reason: str) -> None:
    review.first_approver = reviewer
    review.move(to=ReviewStatus.WAITING)
    review.reviewer = review.claimed_until = None
    review.save(update_fields=["first_approver", "status", "reviewer", "claimed_until"])
    record("review.seconded", actor=actor, subject=review, person_id=review.person_id, related=application, reason=reason)
