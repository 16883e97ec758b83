"""A person was erased: what they asked for ends, and nothing here finds their number any more (R-28)."""

from uuid import UUID

from django.db import transaction

from changes.models import ChangeCode, ChangeRequest
from changes.services.withdraw_change import withdraw_change
from realname.access.actor import SYSTEM


@transaction.atomic
def forget_person(*, person_id: UUID) -> None:
    """Withdraw their open changes and clear the blind indexes. Called again it does nothing."""
    for change_id in list(ChangeRequest.objects.open().filter(person_id=person_id).values_list("pk", flat=True)):
        withdraw_change(actor=SYSTEM, change_id=change_id, reason="erased")
    ChangeCode.objects.filter(person_id=person_id, phone_index__isnull=False).update(phone_index=None)
