"""Does the population registry know this name under this number?"""

import hashlib

from realname.queue import Queue
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.sources.outcomes import Outcome as SourceOutcome
from verification.sources.registry import PopulationRegistry
from verification.states import CheckKind, CheckStatus

MISMATCHES = {
    SourceOutcome.MISMATCH_NAME,
    SourceOutcome.MISMATCH_ID,
    SourceOutcome.MISMATCH_BOTH,
    SourceOutcome.MISMATCH_UNSPECIFIED,
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
        if answer.outcome in MISMATCHES:
            return failed("AUTHORITY_MISMATCH", **facts)
        if answer.outcome == SourceOutcome.NO_RECORD:
            return failed("AUTHORITY_NO_RECORD", **facts)
        return inconclusive("SOURCE_DOWN", **facts)
