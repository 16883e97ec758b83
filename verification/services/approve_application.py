"""A reviewer approves."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from registration.models import Application
from risk.states import RiskLevel
from verification.errors import ApprovalBarred, SecondPairOfEyesNeeded
from verification.services.close_review import close_review, held_review
from verification.services.outcomes import approve
from verification.states import Outcome, ReviewStatus


@transaction.atomic
def approve_application(*, actor: Actor, application_id: UUID, reviewer: Staff, note: str = "") -> Application:
    """Approve and activate. Of a high risk the first approval hands it to a second reviewer (P-VER-5).

    Raises ReviewNotHeld, NotAllowed, SecondPairOfEyesNeeded, ApprovalBarred (a limit of law stands against it).
    """
    application, review = held_review(application_id=application_id, reviewer=reviewer)
    if review.level in RiskLevel.needs_review():
        if review.first_approver_id == reviewer.pk:
            raise SecondPairOfEyesNeeded
        if review.first_approver_id is None:
            review.first_approver = reviewer
            review.move(to=ReviewStatus.WAITING)
            review.reviewer = review.claimed_until = None
            review.save(update_fields=["first_approver", "status", "reviewer", "claimed_until"])
            record("review.seconded", actor=actor, subject=review, person_id=review.person_id, related=application)
            return application
    if refusal := approve(actor=actor, application=application, reason="APPROVED"):
        raise ApprovalBarred(refusal)
    close_review(actor=actor, application=application, review=review, outcome=Outcome.APPROVE, reasons=["APPROVED"], note=note)
    return application
