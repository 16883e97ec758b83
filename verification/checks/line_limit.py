"""May this person have one more line?"""

from realname import policy
from realname.queue import Queue
from registration.policy import LINE_LIMIT
from registration.selectors import lines_held_by_identity
from verification.checks.base import Context, Result
from verification.states import CheckKind
from verification.thresholds import judge_lines


class LineLimit:
    """Lines held under this identity against the limit (R-13). Activation counts again under a lock: this one tells early."""

    kind = CheckKind.LINE_LIMIT
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Fail where the limit is reached."""
        held = float(lines_held_by_identity(context.application.id_number_index))
        status, reason = judge_lines(held, policy.current())
        return Result(status=status, reason=reason, score=held, threshold=float(policy.value(LINE_LIMIT)))
