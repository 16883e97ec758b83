"""A person takes an application back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.locks import lock_application
from registration.models import Application
from registration.states import ApplicationStatus


@transaction.atomic
def withdraw_application(*, actor: Actor, application_id: UUID) -> Application:
    """Withdraw, at any point before approval. Raises TransitionNotAllowed, Application.DoesNotExist (not theirs)."""
    application = lock_application(application_id)
    require_own(actor, application)
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    return end_by_withdrawal(actor=actor, application=application)


def end_by_withdrawal(*, actor: Actor, application: Application, reason: str = "") -> Application:
    """Withdraw a locked application; `reason` is a code where it was not simply its person's wish. Raises TransitionNotAllowed."""
    application.move(to=ApplicationStatus.WITHDRAWN)
    application.decided_at = timezone.now()
    application.save(update_fields=["status", "decided_at"])
    record("application.withdrawn", actor=actor, subject=application, person_id=application.person_id, reason=reason)
    return application
