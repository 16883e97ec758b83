"""What of this type of document no machine can judge, a person does."""

from realname.queue import Queue
from verification.checks.base import Context, Result, digest_of, inconclusive
from verification.states import CheckKind


class DocumentByEye:
    """Stands in where nothing is read, no portrait can be matched or no registry can be asked; the findings say which.

    It never passes by itself, and never fails: it is no judgement of the document.
    """

    kind = CheckKind.DOCUMENT_BY_EYE
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Hand it to a reviewer."""
        document = context.identity.document
        captures = [context.capture(kind) for kind in document.kinds]
        return inconclusive("DOCUMENT_TO_JUDGE", engine="person", findings=list(document.by_eye), input_digest=digest_of(*captures))
