"""Issuing authorities as they stand on the emblem side of a card, e.g. 北京市公安局东城分局."""

from django.utils.translation import gettext_lazy as _

from .characters import fold_width, is_dangerous, is_han
from .errors import InvalidInput
from .names import DOT_VARIANTS, MIDDLE_DOT

MESSAGES = {
    "empty": _("Please enter the issuing authority."),
    "too_short": _("An issuing authority has at least 4 characters."),
    "too_long": _("An issuing authority has at most 60 characters."),
    "characters": _("An issuing authority is written in Chinese characters, as printed on the card."),
    "control_characters": _("The issuing authority contains invisible characters. Please type it again instead of pasting it."),
}

SHORTEST = 4  # the shortest are a county and 公安局
LONGEST = 60
# brackets and digits stand in the names of branches and of the divisions of the Xinjiang corps
MARKS = frozenset("（）" + MIDDLE_DOT + "0123456789")
BRACKETS = str.maketrans("()", "（）")


class InvalidAuthority(InvalidInput):
    """Not an issuing authority; `code` is a key of MESSAGES."""

    messages = MESSAGES


def normalise(text: str) -> str:
    """The authority in its one written form: no blanks, plain digits, Chinese brackets and middle dots. Raises InvalidAuthority."""
    if any(is_dangerous(char) for char in text.strip()):
        raise InvalidAuthority("control_characters")
    authority = "".join(fold_width(text).split()).translate(DOT_VARIANTS).translate(BRACKETS)
    if not authority:
        raise InvalidAuthority("empty")
    if not all(is_han(char) or char in MARKS for char in authority):
        raise InvalidAuthority("characters")
    if len(authority) < SHORTEST:
        raise InvalidAuthority("too_short")
    if len(authority) > LONGEST:
        raise InvalidAuthority("too_long")
    return authority
