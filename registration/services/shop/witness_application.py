"""A clerk states that the person stood before them with their document in hand: the way without face recognition, in a shop (R-33)."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import ApplicationIncomplete, ShopRefused
from registration.locks import lock_application
from registration.models import Application, ShopWitness
from registration.selectors import needs_witness
from registration.services.resume_application import refusal_of_guess
from registration.services.shop.assist_application import assist_application
from registration.services.shop.station import require_place
from registration.states import ApplicationStatus

_S = ApplicationStatus
# handed in online, and not decided: a visit can still be recorded
VISITED_IN = (_S.SUBMITTED, _S.VERIFYING, _S.IN_REVIEW)


@transaction.atomic
def witness_application(*, actor: Actor, application_id: UUID) -> ShopWitness:
    """The statement about an unfinished application that this clerk helps with. Twice is once.

    It is about the details as they stand, so they come first. Raises ShopRefused, ApplicationIncomplete.
    """
    station = require_place(actor)
    application = lock_application(application_id)
    if application.clerk_id != station.clerk.pk or application.shop_device_id != station.device.pk or not application.editable:
        raise ShopRefused("visit_unknown")
    if application.details_entered_at is None:
        raise ApplicationIncomplete(["details"])
    return _state(actor, application)


def take_up_visit(*, actor: Actor, reference: str, last_six: str) -> ShopWitness:
    """The statement about an application that was handed in online, known by its reference and the number on the document shown.

    The clerk sees nothing of it. Raises ShopRefused: unknown, decided or of another way (one sentence for all), or the number is
    another (counted, and locked as where a person resumes).
    """
    with transaction.atomic():
        require_place(actor)
        found = Application.objects.filter(reference=reference.strip().upper()).values_list("pk", flat=True).first()
        application = lock_application(found) if found else None
        if application is None or application.status not in VISITED_IN or not application.by_shop:
            raise ShopRefused("visit_unknown")
        refusal = refusal_of_guess(application, last_six)
        if not refusal:
            assist_application(actor=actor, application=application)
            return _state(actor, application)
        record("visit.refused", actor=actor, subject=application, person_id=application.person_id, reason=refusal)
    # outside: the count must outlive the refusal
    raise ShopRefused("visit_locked" if refusal == "resume_locked" else "visit_wrong")


def _state(actor: Actor, application: Application) -> ShopWitness:
    station = require_place(actor)
    if not application.by_shop:
        raise ShopRefused("visit_unknown")
    if not needs_witness(application):
        return application.witnesses.first()
    statement = ShopWitness.objects.create(application=application, clerk=station.clerk, shop=station.device.shop, device=station.device)
    record("application.witnessed", actor=actor, subject=application, person_id=application.person_id, related=station.device.shop)
    return statement
