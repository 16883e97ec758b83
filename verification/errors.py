"""What may go wrong in this stage; each with a sentence for staff."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _


class VerificationError(Exception):
    """A refusal that staff can understand."""

    message = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.message)


class ReviewTaken(VerificationError):
    """Another reviewer holds the claim."""

    message = _("Another reviewer is judging this application.")


class ReviewNotHeld(VerificationError):
    """The claim is not (or no longer) this reviewer's."""

    message = _("You no longer hold this application. Please take it again.")


class SecondPairOfEyesNeeded(VerificationError):
    """The second approval must come from somebody else (P-VER-5)."""

    message = _("You have already approved this application. It needs a second reviewer.")


class IdentityUnproven(VerificationError):
    """The identity entered stands neither on the card nor in the registry: it may not be written (R-01)."""

    message = _(
        "The name or ID number entered is not the one on the card, and nothing else proves it. Ask for the details again, or reject."
    )


class VisitMissing(VerificationError):
    """The way is a visit to a shop, and no clerk has stated that the person came with their document (R-33)."""

    message = _("The person has not been to a shop with their document yet. Wait for the visit, or reject.")


class EvidenceNotOpened(VerificationError):
    """An approval by somebody who has not looked: `things` says at what, in words."""

    def __init__(self, things: Iterable[object]) -> None:
        super().__init__(*things)
        self.things = tuple(things)

    @property
    def message(self) -> str:
        """The sentence with all of them."""
        return _("You have not opened everything since you took this application. Still to be looked at: %(things)s.") % {
            "things": "; ".join(map(str, self.things))
        }


class ReasonMissing(VerificationError):
    """A judgement without a reason."""

    message = _("Please choose a reason.")


class NotAllowed(VerificationError):
    """The role or state does not allow it."""

    message = _("Your role does not allow this here.")


class ApprovalBarred(VerificationError):
    """A limit stands against the approval: `reason` is a code of verification/reasons.py."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def message(self):
        """Staff's text of the reason."""
        from verification.reasons import REASONS

        return REASONS[self.reason].staff
