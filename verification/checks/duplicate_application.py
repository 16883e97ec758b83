"""Is this number of this person registered, or being registered, already?"""

from realname.queue import Queue
from registration.numbers import has_its_number
from verification.checks.base import Context, Result, failed, passed
from verification.states import CheckKind


class DuplicateApplication:
    """The number is in use, rests, or is kept for another application (P-REG-5).

    Two applications on their way with one number can't be: a constraint holds that.
    """

    kind = CheckKind.DUPLICATE_APPLICATION
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Fail where it is so."""
        application = context.application
        if not has_its_number(application):
            return failed("ALREADY_REGISTERED", findings=["number_not_free"])
        return passed()
