"""On the way without face recognition a person judges."""

from realname.queue import Queue
from registration.states import CaptureKind, StatementWay
from verification.checks.base import Context, Result, inconclusive
from verification.states import CheckKind


class Statement:
    """The video statement, or the shop visit: never judged by a machine (R-33)."""

    kind = CheckKind.STATEMENT
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Hand it to a reviewer."""
        if context.application.statement_way == StatementWay.VIDEO:
            return inconclusive("STATEMENT_TO_JUDGE", engine="person", input_digest=context.capture(CaptureKind.STATEMENT).digest)
        return inconclusive("SHOP_VISIT", engine="person")
