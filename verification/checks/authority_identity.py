"""Does an authority know this name under this number?"""

from realname import policy
from realname.images import reencode
from realname.queue import Queue
from realname.vault.files import read_file
from registration.states import CaptureKind, ConsentPurpose
from verification.checks.authority import ask, facts_of, not_asked, number_is_valid, result_of
from verification.checks.base import Context, Result, inconclusive
from verification.sources.base import Fact, Question
from verification.sources.outcomes import Outcome
from verification.sources.policy import PORTRAIT, SIMPLE_MODE
from verification.states import CheckKind

# Pixels of the portrait's longer side: enough to compare a face, and no more than is needed.
LONGEST_SIDE = 480


class AuthorityIdentity:
    """Name and ID number against the population registry, and whom the policy names beside it (P-REG-2, P-VER-2)."""

    kind = CheckKind.AUTHORITY_IDENTITY
    queue = Queue.SOURCES
    after = (CheckKind.ID_NUMBER,)

    def run(self, context: Context) -> Result:
        """Ask; where it was shown the portrait, what it says of that counts too."""
        if not number_is_valid(context):
            return not_asked()
        identity = context.identity
        question = Question(
            Fact.IDENTITY,
            id_number=identity.id_number,
            name=identity.name,
            portrait=_portrait(context),
            simple=policy.value(SIMPLE_MODE),
        )
        finding = ask(context, question)
        if finding.outcome == Outcome.MATCH and any(answer.portrait == "no_match" for answer in finding.answers):
            return inconclusive("PORTRAIT_DIFFERS", **facts_of(finding, context, question))
        return result_of(finding, context, question)


def _portrait(context: Context) -> bytes:
    """The selfie, made small, where policy and the person's separate consent allow showing it (R-34, R-35); else nothing."""
    application = context.application
    if context.party != application.present:
        # the selfie is of who acts: of the person registered no face is looked at
        return b""
    if not policy.value(PORTRAIT) or application.face_free or CaptureKind.SELFIE not in context.captures:
        return b""
    if not application.consents.filter(purpose=ConsentPurpose.FACE, withdrawn_at__isnull=True).exists():
        return b""
    return reencode(read_file(context.capture(CaptureKind.SELFIE).file), max_side=LONGEST_SIDE)
