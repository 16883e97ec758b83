"""Every row lock of this stage: taken here and nowhere else, in this order: change, person."""

from uuid import UUID

from changes.models import ChangeRequest
from registration.models import Person


def lock_change(change_id: UUID) -> ChangeRequest:
    """The change, locked until the transaction ends. Raises ChangeRequest.DoesNotExist."""
    return ChangeRequest.objects.select_for_update(of=("self",)).get(pk=change_id)


def lock_person(person_id: UUID) -> Person:
    """The person, locked until the transaction ends. Raises Person.DoesNotExist."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def lock_change_by_reference(reference: str) -> ChangeRequest | None:
    """The change of this reference, locked, or nothing."""
    return ChangeRequest.objects.select_for_update(of=("self",)).filter(reference=reference).first()
