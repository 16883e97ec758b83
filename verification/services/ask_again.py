"""A reviewer asks for named items again."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Staff
from registration.models import Application
from registration.selectors import DETAILS_OF, needed_captures
from verification.errors import ReasonMissing
from verification.services import outcomes
from verification.services.close_review import close_review, held_review
from verification.states import Outcome


@transaction.atomic
def ask_again(*, actor: Actor, application_id: UUID, reviewer: Staff, items: list[str], reason: str, note: str = "") -> Application:
    """Ask for captures or details again, only those named (P-REG-7). Raises ReviewNotHeld, NotAllowed, ReasonMissing."""
    application, review = held_review(application_id=application_id, reviewer=reviewer)
    allowed = {*map(str, needed_captures(application)), *(DETAILS_OF[party] for party in application.parties)}
    if not items or not set(items) <= allowed:
        raise ReasonMissing
    close_review(actor=actor, application=application, review=review, outcome=Outcome.RESUBMIT, reasons=[reason], note=note, items=items)
    outcomes.ask_again(actor=actor, application=application, reasons=[reason], items=items)
    return application
