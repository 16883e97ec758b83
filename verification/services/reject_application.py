"""A reviewer rejects."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Staff
from registration.models import Application
from verification.services.close_review import close_review, held_review
from verification.services.outcomes import reject
from verification.states import Outcome


@transaction.atomic
def reject_application(*, actor: Actor, application_id: UUID, reviewer: Staff, reason: str, note: str = "") -> Application:
    """Reject for a structured reason (R-05). Raises ReviewNotHeld, NotAllowed, ReasonMissing."""
    application, review = held_review(application_id=application_id, reviewer=reviewer)
    close_review(actor=actor, application=application, review=review, outcome=Outcome.REJECT, reasons=[reason], note=note)
    reject(actor=actor, application=application, reasons=[reason])
    return application
