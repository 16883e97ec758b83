"""Frozen processing: data that the law makes us keep are only stored and protected (R-28)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.inbox import FROZEN, UNFROZEN
from registration.locks import lock_person
from registration.models import Person
from registration.services.account.notify_person import notify_person


@transaction.atomic
def freeze_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """For retention and compliance: freeze the data of a person whose service has ended. Done twice it changes nothing."""
    person = lock_person(person_id)
    freeze(actor=actor, person=person, reason=reason)
    return person


def freeze(*, actor: Actor, person: Person, reason: str) -> None:
    """As `freeze_person`, with the person locked."""
    if person.frozen_at:
        return
    person.frozen_at = timezone.now()
    person.save(update_fields=["frozen_at"])
    record("person.frozen", actor=actor, subject=person, person_id=person.pk, reason=reason)
    notify_person(person_id=person.pk, kind=FROZEN)


@transaction.atomic
def unfreeze_person(*, actor: Actor) -> Person:
    """The person lifts it: they asked for it, or they want to use their lines with our help. Done twice it changes nothing."""
    person = lock_person(UUID(actor.id))
    if person.frozen_at:
        person.frozen_at = None
        person.save(update_fields=["frozen_at"])
        record("person.unfrozen", actor=actor, subject=person, person_id=person.pk)
        notify_person(person_id=person.pk, kind=UNFROZEN)
    return person
