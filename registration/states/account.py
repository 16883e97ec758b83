"""What codes are for, how people sign in, and what they may ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class CodePurpose(models.TextChoices):
    """What a one-time code opens: one made for one thing opens no other."""

    REGISTRATION = "registration", _("Registration")
    REPRESENTATIVE = "representative", _("Phone of who acts for the person")
    SIGN_IN = "sign_in", _("Sign-in")


class SignInWay(models.TextChoices):
    """By what a person was let into their account."""

    CODE = "code", _("Code to the phone")
    CODE_AND_IDENTITY = "code_identity", _("Code to the phone, and ID number")
    CODE_AND_APP = "code_app", _("Code to the phone, and authenticator application")
    CODE_AND_PASSKEY = "code_passkey", _("Code to the phone, and passkey")
    CODE_AND_RECOVERY = "code_recovery", _("Code to the phone, and recovery code")
    PASSKEY = "passkey", _("Passkey")


class SignInEnd(models.TextChoices):
    """Why a browser is no longer signed in."""

    SIGNED_OUT = "signed_out", _("Signed out")
    ELSEWHERE = "elsewhere", _("Signed out from another device")
    DISOWNED = "disowned", _("Signed out because somebody else was in the account")
    IDLE = "idle", _("Left unused for too long")


class RightsKind(models.TextChoices):
    """What a person may ask for (PIPL art. 24 and 44 to 48)."""

    ACCESS = "access", _("See or copy my data")
    CORRECTION = "correction", _("Correct my data")
    DELETION = "deletion", _("Delete my data")
    RESTRICTION = "restriction", _("Freeze my data")
    EXPLANATION = "explanation", _("Explain a decision")
    OBJECTION = "objection", _("Object to a use of my data")


class RightsStatus(models.TextChoices):
    """The life of such a request: received → granted, refused (with the reason), or withdrawn."""

    RECEIVED = "received", _("Received")  # with compliance, by its deadline
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")  # with the reason, always
    WITHDRAWN = "withdrawn", _("Withdrawn")  # the person took it back


_R = RightsStatus
RIGHTS_MOVES = Machine(
    {
        _R.RECEIVED: {_R.GRANTED, _R.REFUSED, _R.WITHDRAWN},
        _R.GRANTED: set(),
        _R.REFUSED: set(),
        _R.WITHDRAWN: set(),
    }
)
