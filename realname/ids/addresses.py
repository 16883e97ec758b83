"""Postal addresses as free text."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .characters import FULL_WIDTH, is_dangerous, is_han
from .errors import InvalidInput

MESSAGES = {
    "empty": _("Please enter the address."),
    "too_short": _("An address has at least 5 characters."),
    "too_long": _("An address has at most 120 characters."),
    "characters": _("The address contains characters that do not belong into an address."),
    "control_characters": _("The address contains invisible characters. Please type it again instead of pasting it."),
}

SHORTEST = 5
LONGEST = 120
LONGEST_INPUT = 1000
MARKUP = frozenset("<>{}")
# Co private use, Cn unassigned, So symbols and emoji, Sk and emoji modifiers.
REFUSED_CATEGORIES = frozenset({"Co", "Cn", "So", "Sk"})
# Letters, digits, number sign, hyphen and blank; Chinese punctuation stays as it was typed.
WIDTH = {code: ascii_ for code, ascii_ in FULL_WIDTH.items() if chr(ascii_).isalnum() or chr(ascii_) in "#- "}


class InvalidAddress(InvalidInput):
    """Not an address; `code` is a key of MESSAGES."""

    messages = MESSAGES


def normalise(text: str) -> str:
    """The address on one line: full-width letters and digits as ASCII, blanks and breaks as one. Raises InvalidAddress."""
    if len(text) > LONGEST_INPUT:
        raise InvalidAddress("too_long")
    address = re.sub(r"[ \t\r\n\u00a0]+", " ", unicodedata.normalize("NFC", text.translate(WIDTH))).strip()
    if not address:
        raise InvalidAddress("empty")
    if any(is_dangerous(char) for char in address):
        raise InvalidAddress("control_characters")
    if any(_refused(char) for char in address):
        raise InvalidAddress("characters")
    if len(address) < SHORTEST:
        raise InvalidAddress("too_short")
    if len(address) > LONGEST:
        raise InvalidAddress("too_long")
    return address


def _refused(char: str) -> bool:
    return char in MARKUP or (unicodedata.category(char) in REFUSED_CATEGORIES and not is_han(char))
