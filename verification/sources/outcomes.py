"""The failure taxonomy of identity checks, and whose failure each one is (P-VER-6, P-PAR-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.outside import SourceRefused, SourceUnavailable


class FailureClass(models.TextChoices):
    """Whose failure it is. Only the first two may ever count against the person (P-VER-6)."""

    # the person can put it right: asked again for the named item
    USER_FIXABLE = "user_fixable", _("The person can fix it")
    # what was given and what the source knows disagree: re-verification or review
    MISMATCH = "mismatch", _("Data do not agree")
    # the source can't know, or is out of order: another source, or later
    SOURCE = "source", _("The source could not answer")
    # nobody was reached: later
    NETWORK = "network", _("The network failed")
    # we asked wrongly, too often or without a right: staff
    OUR_FAULT = "our_fault", _("Our own fault")


class Outcome(models.TextChoices):
    """What a source can answer. A business outcome is never an error."""

    MATCH = "MATCH", _("Matches")
    MISMATCH_NAME = "MISMATCH_NAME", _("The name does not match the ID number")
    MISMATCH_ID = "MISMATCH_ID", _("The ID number does not match")
    MISMATCH_BOTH = "MISMATCH_BOTH", _("Neither name nor ID number matches")
    # simple mode: the source does not say which
    MISMATCH_UNSPECIFIED = "MISMATCH_UNSPECIFIED", _("Does not match")
    NO_RECORD = "NO_RECORD", _("The source has no record of this ID number")
    TOO_NEW = "TOO_NEW", _("Too new for the source to know yet")
    UNSUPPORTED_SEGMENT = "UNSUPPORTED_SEGMENT", _("The source does not cover this number segment")
    PORTED_RETRY_OTHER = "PORTED_RETRY_OTHER", _("The number was ported; another source must be asked")
    NUMBER_INACTIVE = "NUMBER_INACTIVE", _("The phone number is not in use")
    NUMBER_RECYCLED = "NUMBER_RECYCLED", _("The phone number has passed to somebody else")
    INPUT_INVALID_PHONE = "INPUT_INVALID_PHONE", _("The phone number is not valid")
    INPUT_INVALID_ID = "INPUT_INVALID_ID", _("The ID number is not valid")
    INPUT_INVALID_NAME = "INPUT_INVALID_NAME", _("The name is not valid")
    SOURCE_BUSY = "SOURCE_BUSY", _("The source is busy")
    SOURCE_DOWN = "SOURCE_DOWN", _("The source is out of service")
    # sources disagree: a result of its own (P-VER-2)
    SOURCE_CONFLICT = "SOURCE_CONFLICT", _("Sources contradict each other")
    QUOTA_PARTNER = "QUOTA_PARTNER", _("Our quota at the source is used up")
    QUOTA_SUBJECT = "QUOTA_SUBJECT", _("This person has been asked about too often")
    CONSENT_MISSING = "CONSENT_MISSING", _("The consent for this question is missing")
    SUBJECT_LOCKED = "SUBJECT_LOCKED", _("The person has locked their identity")
    PENDING_REVIEW = "PENDING_REVIEW", _("The source is still reviewing")


_CLASSES: dict[FailureClass, tuple[Outcome, ...]] = {
    FailureClass.USER_FIXABLE: (
        Outcome.INPUT_INVALID_PHONE,
        Outcome.INPUT_INVALID_ID,
        Outcome.INPUT_INVALID_NAME,
        Outcome.NUMBER_INACTIVE,
        Outcome.SUBJECT_LOCKED,
    ),
    FailureClass.MISMATCH: (
        Outcome.MISMATCH_NAME,
        Outcome.MISMATCH_ID,
        Outcome.MISMATCH_BOTH,
        Outcome.MISMATCH_UNSPECIFIED,
        Outcome.NO_RECORD,
        Outcome.NUMBER_RECYCLED,
    ),
    FailureClass.SOURCE: (
        Outcome.TOO_NEW,
        Outcome.UNSUPPORTED_SEGMENT,
        Outcome.PORTED_RETRY_OTHER,
        Outcome.SOURCE_BUSY,
        Outcome.SOURCE_DOWN,
        Outcome.SOURCE_CONFLICT,
        Outcome.PENDING_REVIEW,
    ),
    FailureClass.NETWORK: (),
    FailureClass.OUR_FAULT: (Outcome.QUOTA_PARTNER, Outcome.QUOTA_SUBJECT, Outcome.CONSENT_MISSING),
}
_CLASS_OF = {outcome: each for each, outcomes in _CLASSES.items() for outcome in outcomes}


# What an error's reason is in the words of the taxonomy; any other is SOURCE_DOWN.
_OF_REASON = {
    "busy": Outcome.SOURCE_BUSY,
    "crowded": Outcome.SOURCE_BUSY,
    "quota": Outcome.QUOTA_PARTNER,
    "budget": Outcome.QUOTA_PARTNER,
    "pending": Outcome.PENDING_REVIEW,
}
# A source says of these that it can't know: another one may.
ASK_ANOTHER = frozenset({Outcome.TOO_NEW, Outcome.UNSUPPORTED_SEGMENT, Outcome.PORTED_RETRY_OTHER, Outcome.PENDING_REVIEW})


def failure_class(outcome: Outcome) -> FailureClass | None:
    """Whose failure an outcome is; None for MATCH."""
    return None if outcome == Outcome.MATCH else _CLASS_OF[Outcome(outcome)]


def failure_class_of(error: SourceUnavailable | SourceRefused) -> FailureClass:
    """Whose failure an error of asking is. Never the person's."""
    if isinstance(error, SourceRefused):
        return FailureClass.OUR_FAULT
    if error.reason in {"quota", "budget", "crowded"}:
        return FailureClass.OUR_FAULT
    return FailureClass.NETWORK if error.reason in {"timeout", "network"} else FailureClass.SOURCE


def outcome_of_waiting(reason: str) -> Outcome:
    """What not being answered, for a reason of SourceUnavailable, is called in the taxonomy once the time to wait is over."""
    return _OF_REASON.get(reason, Outcome.SOURCE_DOWN)
