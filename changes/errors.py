"""What may go wrong in this stage; each with a code and a sentence."""

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal

MESSAGES = {
    "person_unknown": _("No verified subscriber holds this number."),
    "person_frozen": _("This person's data are frozen. They can lift that in their account."),
    "same_value": _("This is the contact phone already."),
    "changed_recently": _("The contact phone was changed only a short time ago."),
    "change_open": _("Another change of the contact phone is on its way."),
    "code_wrong": _("This code is not right. Please check it and try again."),
    "code_expired": _("This code has expired. Please ask for the change again."),
    "code_locked": _("Too many wrong codes. Please ask for the change again."),
    "number_busy": _("A code was sent to this number less than a minute ago. Please wait a moment."),
    "own_change": _("Nobody approves a change that they asked for themselves."),
    "approved_already": _("You have approved this change already. Somebody else must approve it too."),
    "not_allowed": _("Your role does not allow this."),
    "reason_missing": _("Please say why."),
    "stop_code_wrong": _("The reference or the code is not right. Please check the message that we sent you, or call us."),
    "stop_locked": _("Too many wrong codes were entered for this change. Please call us: our staff can still stop it."),
    "change_closed": _("This change can no longer be altered."),
    "cooling_off": _("The old contact may still stop this change."),
}


class ChangeError(Refusal):
    """What this stage refuses."""

    messages = MESSAGES


class Implausible(ChangeError):
    """The change makes no sense as asked for (P-CHG-2)."""


class CodeRefused(ChangeError):
    """The code sent to the new number was not accepted."""


class ApprovalRefused(ChangeError):
    """This approver may not approve this change (P-CHG-3)."""


class StopRefused(ChangeError):
    """The stop code was not accepted."""


class NotAllowed(ChangeError):
    """The role does not allow it."""

    code = "not_allowed"


class ReasonMissing(ChangeError):
    """A refusal needs a reason (R-05)."""

    code = "reason_missing"
