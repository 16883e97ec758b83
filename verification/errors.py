"""What may go wrong in this stage; each with a code and a sentence for staff."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal
from verification.reasons import REASONS

MESSAGES = {
    "review_taken": _("Another reviewer is judging this application."),
    "review_not_held": _("You no longer hold this application. Please take it again."),
    "second_pair_of_eyes_needed": _("You have already approved this application. It needs a second reviewer."),
    "identity_unproven": _(
        "The name or ID number entered is not the one on the card, and nothing else proves it. Ask for the details again, or reject."
    ),
    "visit_missing": _("The person has not been to a shop with their document yet. Wait for the visit, or reject."),
    "evidence_not_opened": _("You have not opened everything since you took this application. Still to be looked at: %(things)s."),
    "reason_missing": _("Please choose a reason."),
    "not_allowed": _("Your role does not allow this here."),
}


class VerificationError(Refusal):
    """What this stage refuses."""

    messages = MESSAGES


class ReviewTaken(VerificationError):
    """Another reviewer holds the claim."""

    code = "review_taken"


class ReviewNotHeld(VerificationError):
    """The claim is not (or no longer) this reviewer's."""

    code = "review_not_held"


class SecondPairOfEyesNeeded(VerificationError):
    """The second approval must come from somebody else (P-VER-5)."""

    code = "second_pair_of_eyes_needed"


class IdentityUnproven(VerificationError):
    """The identity entered stands neither on the card nor in the registry: it may not be written (R-01)."""

    code = "identity_unproven"


class VisitMissing(VerificationError):
    """The way is a visit to a shop, and no clerk has stated that the person came with their document (R-33)."""

    code = "visit_missing"


class EvidenceNotOpened(VerificationError):
    """An approval by somebody who has not looked: `things` says at what, in words."""

    code = "evidence_not_opened"

    def __init__(self, things: Iterable[object]) -> None:
        super().__init__()
        self.things = tuple(things)

    @property
    def message(self) -> str:
        """The sentence with all of them."""
        return super().message % {"things": "; ".join(map(str, self.things))}


class ReasonMissing(VerificationError):
    """A judgement without a reason."""

    code = "reason_missing"


class NotAllowed(VerificationError):
    """The role or state does not allow it."""

    code = "not_allowed"


class ApprovalBarred(VerificationError):
    """A limit stands against the approval: `code` is one of verification/reasons.py, the sentence staff's text of it."""

    messages = {code: reason.staff for code, reason in REASONS.items()}
