"""Representatives go with the person they acted for: they are kept as identity material of that person's applications (R-06)."""

from uuid import UUID

from django.db import transaction

from realname.vault.erase import erase_person
from registration.models import PhoneCode, Representative


@transaction.atomic
def forget_representatives(*, person_id: UUID) -> None:
    """Destroy the keys of whoever acted for an erased person, and the indexes they could be found by. Done twice it changes nothing."""
    acted = Representative.objects.filter(application__person_id=person_id)
    for representative in acted:
        erase_person(representative.person_id, reason="represented_person_erased")
    PhoneCode.objects.filter(person__representations__in=acted).update(phone_index=None)
    acted.update(id_number_index=None, phone_index=None)
