"""A person chooses a number from the stock: it is kept for their application for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.ids import phone as phones
from realname.trail import record
from realname.trail.models import Event
from registration.access import require_open, require_own
from registration.errors import ApplicationClosed, NumberNotKept, NumberRegistered, ReservationRefused
from registration.locks import lock_application, lock_place, lock_stock
from registration.models import Application, Number
from registration.numbers import has_its_number, hoards, own_number_free, proven_elsewhere, reservation_of
from registration.policy import CHOICES_PER_HOUR, RESERVATION_MINUTES
from registration.states import NumberStatus, NumberWay


@transaction.atomic
def reserve_number(*, actor: Actor, application_id: UUID, number: str) -> Number:
    """Keep `number` for the application, instead of what it had chosen before. The same one again is kept for the whole time anew.

    Raises ReservationRefused (number_taken, numbers_hoarded, choices_too_many, number_of_organisation), ApplicationClosed,
    Application.DoesNotExist. On refusal what was chosen before is kept.
    """
    number = _read(number)
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    if application.phone_proven_at is None:
        raise ApplicationClosed
    if application.takes_over_id and has_its_number(application):
        raise ReservationRefused("number_of_organisation")
    before = reservation_of(application)
    _refuse_too_many(application)
    rows = lock_stock(number, *([before.number] if before else []))
    chosen = rows.get(number)
    if chosen is None or not _may_have(application, chosen):
        raise ReservationRefused("number_taken")
    if before is not None and before.pk != chosen.pk:
        _put_back(rows[before.number])
    application.number_way, application.chosen_number, application.takes_over = NumberWay.NEW, number, None
    application.save(update_fields=["number_way", "chosen_number", "takes_over"])
    _keep(actor, application, chosen, until=timezone.now() + timedelta(minutes=policy.value(RESERVATION_MINUTES)))
    return chosen


def keep_again(*, actor: Actor, application: Application) -> None:
    """Keep the number of an application that goes back on its way, if it is still to be had. Call with the application locked.

    Raises NumberRegistered (the proven one), NumberNotKept (the chosen one).
    """
    if application.takes_over_id:
        if not has_its_number(application):
            raise NumberNotKept
        return
    if application.number_way == NumberWay.OWN:
        if not own_number_free(application):
            raise NumberRegistered
        return
    chosen = lock_stock(application.chosen_number).get(application.chosen_number)
    if chosen is None or not _may_have(application, chosen):
        raise NumberNotKept
    _keep(actor, application, chosen, until=None)


def _read(text: str) -> str:
    """The number in its plain form. Raises ReservationRefused: what is no number is not in stock."""
    try:
        return phones.parse(text).number
    except phones.InvalidPhone:
        raise ReservationRefused("number_taken") from None


def _refuse_too_many(application: Application) -> None:
    """Nobody keeps numbers from others, in many drafts or one after the other. Held under the place's lock, so two tabs can't both pass."""
    lock_place(application.device, application.network)
    if hoards(application):
        raise ReservationRefused("numbers_hoarded")
    since = timezone.now() - timedelta(hours=1)
    chosen = Event.objects.filter(name="number.reserved", subject_kind="application", subject_id=str(application.pk), at__gt=since)
    if chosen.count() >= policy.value(CHOICES_PER_HOUR):
        raise ReservationRefused("choices_too_many")


def _may_have(application: Application, chosen: Number) -> bool:
    mine = chosen.status == NumberStatus.RESERVED and chosen.reserved_for_id == application.pk
    return mine or chosen.status == NumberStatus.AVAILABLE and not proven_elsewhere(chosen.number, application)


def _put_back(number: Number) -> None:
    number.release()
    number.save(update_fields=["status", "reserved_for", "reserved_until"])


def _keep(actor: Actor, application: Application, number: Number, *, until: datetime | None) -> None:
    if number.status != NumberStatus.RESERVED:
        number.move(to=NumberStatus.RESERVED)
    number.reserved_for, number.reserved_until = application, until
    number.save(update_fields=["status", "reserved_for", "reserved_until"])
    record(
        "number.reserved",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"pattern": number.pattern},
        after={"number": number.number},
    )
