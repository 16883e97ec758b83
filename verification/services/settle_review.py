"""The review follows its application: opened where a person demanded one, closed where they took the application back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.locks import lock_application
from registration.states import ApplicationStatus
from verification.locks import lock_open_review
from verification.models import Decision
from verification.services.open_review import open_review
from verification.states import ReviewStatus


@transaction.atomic
def settle_review(*, application_id: UUID) -> None:
    """Open the review that was asked for (R-29), or close the one that lost its application. Does nothing where all is well."""
    application = lock_application(application_id)
    review = lock_open_review(application_id)
    if application.status == ApplicationStatus.IN_REVIEW and review is None:
        last = Decision.objects.filter(application=application).last()
        reasons = ["REVIEW_REQUESTED", *application.reason_codes]
        open_review(application=application, level=last.risk_level if last else "medium", reasons=reasons)
    elif application.status != ApplicationStatus.IN_REVIEW and review is not None:
        review.move(to=ReviewStatus.CLOSED)
        review.closed_at = timezone.now()
        review.save(update_fields=["status", "closed_at"])
        record(
            "review.closed",
            actor=SYSTEM,
            subject=review,
            person_id=review.person_id,
            related=application,
            reason=application.status,
            data={"outcome": "none", "reasons": [], "level": review.level, "late": False},
        )
