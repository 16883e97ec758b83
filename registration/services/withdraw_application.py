"""A person takes an application back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_application
from registration.models import Application
from registration.states import ApplicationStatus


@transaction.atomic
def withdraw_application(*, actor: Actor, application_id: UUID) -> Application:
    """Withdraw, at any point before approval. Raises TransitionNotAllowed."""
    application = lock_application(application_id)
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    application.move(to=ApplicationStatus.WITHDRAWN)
    application.decided_at = timezone.now()
    application.save(update_fields=["status", "decided_at"])
    record("application.withdrawn", actor=actor, subject=application, person_id=application.person_id)
    return application
