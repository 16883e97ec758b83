"""Numbers that have rested long enough go back into stock; those that were only brought leave it."""

from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.locks import lock_stock
from registration.models import Number
from registration.states import NumberStatus


def return_numbers(*, limit: int = 500) -> int:
    """End the quarantine of at most `limit` numbers; answers how many ended. Each by itself, and doubled runs are harmless."""
    rested = list(Number.objects.rested().order_by("quarantine_until").values_list("number", flat=True)[:limit])
    return sum(_return(number) for number in rested)


@transaction.atomic
def _return(number: str) -> bool:
    row = lock_stock(number)[number]
    if row not in Number.objects.rested().filter(pk=row.pk):
        return False
    row.move(to=NumberStatus.AVAILABLE if row.stocked else NumberStatus.ELSEWHERE)
    row.quarantine_until = None
    row.save(update_fields=["status", "quarantine_until"])
    record("number.returned", actor=SYSTEM, subject=row, data={"stocked": row.stocked})
    return True
