"""May this person have one more line?"""

from realname import policy
from realname.queue import Queue
from registration.policy import LINE_LIMIT
from registration.selectors import lines_held_by_identity
from verification.checks.base import Context, Result, failed, passed
from verification.states import CheckKind


class LineLimit:
    """Lines held under this identity against the limit (R-13). Activation counts again under a lock: this one tells early."""

    kind = CheckKind.LINE_LIMIT
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Fail where the limit is reached."""
        held, limit = lines_held_by_identity(context.application.id_number_index), policy.value(LINE_LIMIT)
        facts = {"score": float(held), "threshold": float(limit)}
        return passed(**facts) if held < limit else failed("LINE_LIMIT", **facts)
