"""A clerk names the organisation that is the contracting party of a person's application: the person is the line's actual user."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import OrganisationRefused
from registration.locks import lock_application, lock_organisation
from registration.models import Application, Organisation
from registration.services.organisation.register_organisation import require_clerk
from registration.services.resume_application import refusal_of_guess
from registration.states import OrganisationStatus


def name_organisation(*, actor: Actor, organisation_id: UUID, reference: str, last_six: str) -> Application:
    """The application is known by its reference and the number in it; the clerk sees nothing of it. Done twice it is the same.

    It goes on as anybody's: the actual user proves phone and identity. Raises OrganisationRefused (not theirs to do; not approved;
    no such application, handed in already, or the number is another: one sentence for all, a wrong answer is counted).
    """
    return told_of(actor, organisation_id, reference, last_six, then=partial(name_locked, actor))


def told_of(
    actor: Actor, organisation_id: UUID, reference: str, last_six: str, *, then: Callable[[Organisation, Application], None]
) -> Application:
    """Do `then` to the application of which the clerk tells reference and end of the number, both locked. Raises as above."""
    require_clerk(actor)
    with transaction.atomic():
        found = Application.objects.filter(reference=reference.strip().upper()).values_list("pk", flat=True).first()
        application = lock_application(found) if found else None
        if application is None or not application.editable or not application.id_number:
            raise OrganisationRefused("organisation_application")
        organisation = lock_organisation(organisation_id)
        if organisation.status != OrganisationStatus.APPROVED:
            raise OrganisationRefused("organisation_not_approved")
        refusal = refusal_of_guess(application, last_six)
        if not refusal:
            then(organisation, application)
    # outside: the count must outlive the refusal
    if refusal:
        raise OrganisationRefused("organisation_application")
    return application


def name_locked(actor: Actor, organisation: Organisation, application: Application) -> None:
    """The organisation becomes its contracting party; both are locked. The same once more changes nothing."""
    if application.organisation_id != organisation.pk:
        application.organisation, application.takes_over = organisation, None
        application.save(update_fields=["organisation", "takes_over"])
        record("organisation.named", actor=actor, subject=application, person_id=application.person_id, related=organisation)
