"""Frozen processing: data that the law makes us keep are only stored and protected (R-28)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from realname.vault.erase import is_erased
from registration.account_selectors import keeping_of, service_ended
from registration.errors import AccountRefused
from registration.inbox import FROZEN, SERVICE_ENDED, UNFROZEN
from registration.locks import lock_for_erasure, lock_person
from registration.models import Person
from registration.services.account.notify_person import notify_person


def freeze_ended_services(*, limit: int = 200) -> int:
    """Freeze people whose service ended while an application of theirs was on its way, and is over now; answers of how many."""
    found = list(service_ended().filter(frozen_at=None).order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_freeze_ended(person_id) for person_id in found)


@transaction.atomic
def _freeze_ended(person_id: UUID) -> bool:
    lock_for_erasure(person_id)
    return freeze_after_service(person_id=person_id)


def freeze_after_service(*, person_id: UUID) -> bool:
    """With the identity locked, by the law's own clock: freeze whose service has ended. Asked again here; answers whether it was so."""
    person = service_ended().select_for_update(of=("self",)).filter(pk=person_id, frozen_at=None).first()
    if person is None or is_erased(person.pk):
        return False
    person.frozen_at, person.frozen_by_law = timezone.now(), True
    person.save(update_fields=["frozen_at", "frozen_by_law"])
    record("person.frozen", actor=SYSTEM, subject=person, person_id=person.pk, reason="service_ended")
    keeping = keeping_of(person)
    until = keeping.until if keeping and keeping.until else timezone.localdate()
    notify_person(person_id=person.pk, kind=SERVICE_ENDED, facts={"day": until.isoformat()})
    return True


def thaw_for_service(*, person: Person) -> None:
    """With the identity locked: a line of theirs is in use again, so what the law alone had frozen is not any more."""
    if person.frozen_by_law:
        person.frozen_at, person.frozen_by_law = None, False
        person.save(update_fields=["frozen_at", "frozen_by_law"])
        record("person.unfrozen", actor=SYSTEM, subject=person, person_id=person.pk, reason="service_runs")
        notify_person(person_id=person.pk, kind=UNFROZEN)


def freeze(*, actor: Actor, person: Person, reason: str) -> None:
    """At the person's wish, with the person locked. Done twice it changes nothing."""
    if person.frozen_at:
        return
    person.frozen_at = timezone.now()
    person.save(update_fields=["frozen_at"])
    record("person.frozen", actor=actor, subject=person, person_id=person.pk, reason=reason)
    notify_person(person_id=person.pk, kind=FROZEN)


@transaction.atomic
def unfreeze_person(*, actor: Actor) -> Person:
    """The person lifts it: they asked for it, or they want to use their lines with our help. Done twice it changes nothing.

    Raises AccountRefused where the service has ended: it is the law's then, not theirs.
    """
    person = lock_person(UUID(actor.id))
    if service_ended().filter(pk=person.pk).exists():
        raise AccountRefused("frozen_by_law")
    if person.frozen_at:
        person.frozen_at = None
        person.save(update_fields=["frozen_at"])
        record("person.unfrozen", actor=actor, subject=person, person_id=person.pk)
        notify_person(person_id=person.pk, kind=UNFROZEN)
    return person
