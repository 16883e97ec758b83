"""How many lines has this person with other operators?"""

from realname import policy
from realname.queue import Queue
from verification.checks.authority import ask, facts_of, not_asked, number_is_valid, result_of
from verification.checks.base import Context, Result, inconclusive, passed
from verification.sources.base import Fact, Question
from verification.sources.outcomes import Outcome
from verification.sources.policy import LINES_ELSEWHERE
from verification.states import CheckKind


class LineCount:
    """Lines with other operators under this ID number (R-15). Our own are `line_limit`'s, which alone may refuse (R-13)."""

    kind = CheckKind.LINE_COUNT
    queue = Queue.SOURCES
    after = (CheckKind.ID_NUMBER,)

    def run(self, context: Context) -> Result:
        """Ask; from the policy's number on a reviewer looks."""
        if not number_is_valid(context):
            return not_asked()
        question = Question(Fact.LINE_COUNT, id_number=context.application.id_number)
        finding = ask(context, question)
        if finding.outcome != Outcome.MATCH:
            return result_of(finding, context, question)
        lines, limit = max(answer.lines or 0 for answer in finding.answers), policy.value(LINES_ELSEWHERE)
        facts = facts_of(finding, context, question) | {"score": float(lines), "threshold": float(limit)}
        return passed(**facts) if lines < limit else inconclusive("LINES_ELSEWHERE", **facts)
