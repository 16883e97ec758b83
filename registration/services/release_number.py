"""A chosen number goes back into stock: its person prefers the one they proved, its time is over, or its application is."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from registration.access import require_open, require_own
from registration.errors import ReservationRefused
from registration.locks import lock_application, lock_stock
from registration.models import Application, Number
from registration.numbers import has_its_number, reservation_of
from registration.states import NumberWay


@transaction.atomic
def release_number(*, actor: Actor, application_id: UUID) -> Application:
    """Register the proven number instead of a chosen one. Done twice it is done once.

    Raises ApplicationClosed, ReservationRefused (number_of_organisation), Application.DoesNotExist.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    if application.takes_over_id and has_its_number(application):
        raise ReservationRefused("number_of_organisation")
    if kept := reservation_of(application):
        _release(actor, application, kept.number, reason="own_number")
    application.number_way, application.chosen_number, application.takes_over = NumberWay.OWN, None, None
    application.save(update_fields=["number_way", "chosen_number", "takes_over"])
    return application


def release_lapsed_numbers(*, limit: int = 200) -> int:
    """Release what was reserved for too long or for an application that ended, in whatever way it did; answers how many.

    Here and nowhere else: no end of an application need think of its number.
    """
    lapsed = list(Number.objects.lapsed().values_list("reserved_for_id", flat=True)[:limit])
    return sum(_release_lapsed(application_id) for application_id in lapsed)


@transaction.atomic
def _release_lapsed(application_id: UUID) -> bool:
    application = lock_application(application_id)
    # again, under the lock: it may have been handed in or activated meanwhile, or the choice renewed
    kept = Number.objects.lapsed().filter(reserved_for=application).first()
    if kept is None:
        return False
    _release(SYSTEM, application, kept.number, reason="time_over" if application.editable else "application_over")
    return True


def _release(actor: Actor, application: Application, number: str, *, reason: str) -> None:
    """Put back what is kept for a locked application."""
    kept = lock_stock(number)[number]
    kept.release()
    kept.save(update_fields=["status", "reserved_for", "reserved_until"])
    record("number.released", actor=actor, subject=application, person_id=application.person_id, reason=reason)
