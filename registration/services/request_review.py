"""A person who was refused automatically demands that a human decides (R-29)."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_application
from registration.models import Application
from registration.states import ApplicationStatus


@transaction.atomic
def request_review(*, actor: Actor, application_id: UUID) -> Application:
    """Put a refused application before a reviewer. Asked twice it is one review. Raises TransitionNotAllowed."""
    application = lock_application(application_id)
    if application.status == ApplicationStatus.IN_REVIEW:
        return application
    application.move(to=ApplicationStatus.IN_REVIEW)
    application.decided_at = None
    application.save(update_fields=["status", "decided_at"])
    record("review.requested", actor=actor, subject=application, person_id=application.person_id)
    return application
