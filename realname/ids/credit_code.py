"""Unified social credit codes of organisations: GB 32100-2015, requirement R-03.

Eighteen characters: registering authority (1), kind of organisation (1), region (6 digits, GB/T 2260), organisation (9,
GB 11714), check character (MOD 31-3). Written in the digits and the letters without I, O, S, V and Z, which are taken for others.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput

MESSAGES = {
    "length": _("A unified social credit code has 18 characters."),
    "characters": _("A unified social credit code has digits and capital letters only, and none of I, O, S, V and Z."),
    "region": _("Characters 3 to 8 of a unified social credit code are digits."),
    "check_character": _(
        "The last character of the unified social credit code does not fit the others. Please compare it with the licence."
    ),
}

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB 32100-2015, 4.2.5: the weight of place i is 3^(i-1) modulo 31
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
# Longer input is no code, and is not worth normalising.
LONGEST_INPUT = 64


class InvalidCreditCode(InvalidInput):
    """Not a unified social credit code; `code` is a key of MESSAGES."""

    messages = MESSAGES


def normalise(text: str) -> str:
    """Full-width to ASCII (NFKC), without spaces and hyphens, in capitals. Says nothing about validity."""
    folded = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    # only ASCII: the capital of another letter may be an ASCII one, and would make a code of what is none
    return "".join(letter.upper() if letter.isascii() else letter for letter in folded)


def check_character(body17: str) -> str:
    """The eighteenth character for seventeen. Raises ValueError where the body has others than ALPHABET's."""
    if len(body17) != 17:
        raise ValueError("the body of a credit code is 17 characters")
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(WEIGHTS, body17, strict=True))
    return ALPHABET[-total % 31]


def parse(text: str) -> str:
    """The code in its normal form. Raises InvalidCreditCode with the code of the first fault.

    That it can exist says nothing of whether it was given out: only the register of organisations knows.
    """
    if len(text) > LONGEST_INPUT:
        raise InvalidCreditCode("length")
    code = normalise(text)
    if any(letter not in ALPHABET for letter in code):
        raise InvalidCreditCode("characters")
    if len(code) != 18:
        raise InvalidCreditCode("length")
    if not code[2:8].isdigit():
        raise InvalidCreditCode("region")
    if code[17] != check_character(code[:17]):
        raise InvalidCreditCode("check_character")
    return code
