"""Does the population registry know this name under this number?"""

import hashlib

from realname.queue import Queue
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.sources.outcomes import FailureClass, failure_class
from verification.sources.outcomes import Outcome as SourceOutcome
from verification.sources.registry import PopulationRegistry
from verification.states import CheckKind, CheckStatus

# what a class of failure means for the application; a mismatch fails, the rest is a person's to judge
REASONS = {
    FailureClass.MISMATCH: "AUTHORITY_MISMATCH",
    FailureClass.USER_FIXABLE: "AUTHORITY_MISMATCH",
    FailureClass.SOURCE: "SOURCE_DOWN",
    FailureClass.NETWORK: "SOURCE_DOWN",
    FailureClass.OUR_FAULT: "NOT_CHECKED",
}


class AuthorityIdentity:
    """Name and ID number against the population registry (P-REG-2, P-VER-2)."""

    kind = CheckKind.AUTHORITY_IDENTITY
    queue = Queue.SOURCES
    # each question costs money and is a disclosure: a number that is not one is not asked about
    after = (CheckKind.ID_NUMBER,)

    def run(self, context: Context) -> Result:
        """Ask once per check: the check's id is the request key, so asking again is the same question."""
        application = context.application
        if context.before[CheckKind.ID_NUMBER].status != CheckStatus.PASSED:
            return inconclusive("NUMBER_INVALID", findings=["not_asked"], engine=PopulationRegistry.name)
        answer = PopulationRegistry().check_identity(application.name, application.id_number, request_key=str(context.check.pk))
        asked = f"{application.name}\n{application.id_number}".encode()
        facts = {
            "engine": answer.source,
            "engine_version": "v1",
            "findings": [str(answer.outcome)],
            "detail": {"outcome": str(answer.outcome), "reference": answer.reference, "answer_digest": answer.digest},
            "input_digest": hashlib.sha256(context.check.pk.bytes + asked).hexdigest(),
        }
        if answer.outcome == SourceOutcome.MATCH:
            return passed(**facts)
        if answer.outcome == SourceOutcome.NO_RECORD:
            return failed("AUTHORITY_NO_RECORD", **facts)
        whose = failure_class(answer.outcome)
        return failed(REASONS[whose], **facts) if whose == FailureClass.MISMATCH else inconclusive(REASONS[whose], **facts)
