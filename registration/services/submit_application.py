"""A person hands in the application."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_open, require_own
from registration.errors import ApplicationClosed, ApplicationIncomplete
from registration.locks import lock_application
from registration.models import Application, Number
from registration.selectors import missing_parts, needs_witness
from registration.services.bulk.accept_invitation import require_invited
from registration.services.parties.count_acting import tell_of_many
from registration.services.parties.rules import broken_rule
from registration.services.shop.station import require_place
from registration.states import ApplicationStatus


@transaction.atomic
def submit_application(*, actor: Actor, application_id: UUID, submission_key: str) -> Application:
    """Hand in a complete draft or resubmission; verification begins by the event.

    A second submit (double click, retry, second tab) of an application that is on its way answers it unchanged.
    Raises ApplicationIncomplete naming the missing steps, ApplicationClosed (OrganisationRests where its organisation is suspended).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        same = submission_key and application.submission_key == submission_key[:64]
        if same or application.submitted_at and application.status in ApplicationStatus.open():
            return application
        raise ApplicationClosed
    require_open(application)
    if missing := missing_parts(application):
        raise ApplicationIncomplete(missing)
    if broken := broken_rule(application):
        part, code = broken
        raise ApplicationIncomplete([part], code)
    require_invited(application, name=application.name, id_number=application.id_number)
    if actor.place:
        # a dealer or device that was stopped meanwhile hands nothing in; the draft stays the person's
        require_place(actor)
        if needs_witness(application):
            raise ApplicationIncomplete(["witness"])
    # its number is kept for as long as it is on its way
    Number.objects.filter(reserved_for=application).update(reserved_until=None)
    application.move(to=ApplicationStatus.SUBMITTED)
    application.round += 1
    application.submission_key = submission_key[:64]
    application.submitted_at = timezone.now()
    application.items_to_resubmit = []
    application.reason_codes = []
    application.expires_at = None
    application.save(update_fields=["status", "round", "submission_key", "submitted_at", "items_to_resubmit", "reason_codes", "expires_at"])
    record(
        "application.submitted",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={
            "round": application.round,
            "path": application.path,
            "channel": application.channel,
            "document_type": application.document_type,
            "representation": application.representation,
        },
    )
    tell_of_many(actor=actor, application=application)
    return application
