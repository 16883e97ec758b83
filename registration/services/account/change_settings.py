"""A person chooses how their pages read, on any device."""

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.locks import lock_person
from registration.models import Person


@transaction.atomic
def change_settings(*, actor: Actor, language: str, type_size: str) -> Person:
    """Keep language and type size with the account. The same again changes nothing."""
    person = lock_person(actor.id)
    if (person.language, person.type_size) != (language, type_size):
        person.language, person.type_size = language, type_size
        person.save(update_fields=["language", "type_size"])
        record(
            "account.settings_changed",
            actor=actor,
            subject=person,
            person_id=person.pk,
            data={"language": language, "type_size": type_size},
        )
    return person
