"""Does an authority know this phone number as this person's?"""

from realname import policy
from realname.queue import Queue
from verification.checks.authority import ask, not_asked, number_is_valid, result_of
from verification.checks.base import Context, Result
from verification.sources.base import Fact, Question
from verification.sources.policy import SIMPLE_MODE
from verification.states import CheckKind


class AuthorityPhone:
    """The three elements, name, ID number and phone number, against a bureau (P-VER-2)."""

    kind = CheckKind.AUTHORITY_PHONE
    queue = Queue.SOURCES
    after = (CheckKind.ID_NUMBER,)

    def run(self, context: Context) -> Result:
        """Ask."""
        if not number_is_valid(context):
            return not_asked()
        application = context.application
        question = Question(
            Fact.PHONE,
            id_number=application.id_number,
            name=application.name,
            phone=application.phone,
            simple=policy.value(SIMPLE_MODE),
        )
        return result_of(ask(context, question), context, question)
