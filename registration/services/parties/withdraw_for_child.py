"""A guardian takes an application for a child back, from an account of their own (R-12)."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from registration.locks import lock_application
from registration.models import Application, Person
from registration.parties_selectors import guarded_application
from registration.services.withdraw_application import end_by_withdrawal
from registration.states import ApplicationStatus


@transaction.atomic
def withdraw_for_child(*, actor: Actor, person: Person, application_id: UUID) -> Application:
    """Withdraw, at any point before approval, while the child is a minor; the trail names the guardian as who did it.

    Raises TransitionNotAllowed, Application.DoesNotExist (no child of theirs, or of age).
    """
    application = lock_application(application_id)
    guarded_application(person, application_id)
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    return end_by_withdrawal(actor=actor, application=application, reason="guardian")
