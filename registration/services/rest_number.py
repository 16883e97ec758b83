"""The number of a line that ended rests before anybody else gets it."""

from datetime import timedelta

from django.utils import timezone

from realname import policy
from realname.vault.errors import KeyErased
from registration.locks import lock_stock
from registration.models import IotLine, Line
from registration.policy import QUARANTINE_DAYS
from registration.states import NumberStatus


def rest_number(line: Line | IotLine) -> int | None:
    """Put it into quarantine; answers for how many days.

    Whose data were erased while they held a line has a number that nobody can name any more: it stays in use for good, so that it
    is given to nobody.
    """
    try:
        number = lock_stock(line.number)[line.number]
    except KeyErased:
        return None
    days = policy.value(QUARANTINE_DAYS)
    number.move(to=NumberStatus.QUARANTINE)
    number.freed_on = timezone.localdate()
    number.quarantine_until = number.freed_on + timedelta(days=days)
    number.save(update_fields=["status", "freed_on", "quarantine_until"])
    return days
