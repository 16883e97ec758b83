"""A refused person demanded a human decision: the application comes before a reviewer (R-29)."""

from uuid import UUID

from django.db import transaction

from registration.locks import lock_application
from registration.states import ApplicationStatus
from verification.models import Decision
from verification.services.open_review import open_review


@transaction.atomic
def reopen_review(*, application_id: UUID) -> None:
    """Open the review that was asked for. Does nothing where it was judged meanwhile."""
    application = lock_application(application_id)
    if application.status != ApplicationStatus.IN_REVIEW:
        return
    last = Decision.objects.filter(application=application).last()
    open_review(
        application=application, level=last.risk_level if last else "medium", reasons=["REVIEW_REQUESTED", *application.reason_codes]
    )
