"""Does each party hold the number they gave?"""

from realname.queue import Queue
from verification.checks.base import Context, Result, failed, passed
from verification.states import CheckKind


class PhonePossession:
    """A one-time code sent to the number was entered in this application (P-REG-2)."""

    kind = CheckKind.PHONE_POSSESSION
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Pass where the code that proved the number is on record."""
        identity = context.identity
        used = context.application.phone_codes.filter(phone_index=identity.phone_index, used_at__isnull=False).exists()
        if identity.phone_proven_at and used:
            return passed(engine="one-time code")
        return failed("PHONE_UNPROVEN", engine="one-time code")
