"""Why a grade is what it is: a sentence for staff for every rule. Persons are told that a person looks, not which rule hit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "REPEATED_FAILURES": _("Applications of this identity or number were rejected lately. See why before judging this one."),
    "DEVICE_BURST": _("Many applications came from this device within 24 hours. Ask whether somebody applies for others."),
    "ADDRESS_BURST": _("Many applications came from this network address within an hour. Weak by itself: addresses are shared."),
    "CODE_GUESSING": _("Several wrong codes were entered for this number within 24 hours. Make sure that the number is the person's."),
    "VIRTUAL_NUMBER_SEGMENT": _("The number belongs to a virtual operator's segment. Weak by itself."),
    "IDENTITY_VELOCITY": _("Many applications were made for this identity within 24 hours. Ask what the lines are for."),
    "FAILED_CHECKS": _("Several checks of this application failed. See them together."),
    "AGENT_FOR_MANY": _(
        "The agent acted for more people within 30 days than is allowed. Ask the person registered whether they sent them, and what for."
    ),
    "SPOOF_SIGNS": _(
        "A photograph seems to show a picture, a screen or a copy instead of the person or the card. Compare all of them closely."
    ),
}


def text_for(code: str) -> str:
    """The sentence for staff in the current language; the bare code of a rule that is no longer there."""
    return str(REASONS.get(code, code))
