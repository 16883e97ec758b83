"""Unified social credit codes of organisations (统一社会信用代码, GB 32100-2015).

Eighteen characters: registering authority (1), kind of organisation (1), region (6 digits, GB/T 2260; 100000 for the state's own
register), organisation code (9, GB 11714), check character by MOD 31-3. The alphabet leaves out I, O, S, V, Z. GB 32100-2015,
sections 4 and 5 and annex A [S-2nd]; its printed example is 91350100M000100Y43.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput
from .written import compact

MESSAGES = {
    "form": _("A unified social credit code has 18 digits and capital letters, without I, O, S, V and Z."),
    "check_character": _("The last character of this code does not fit the others. Please compare it with the licence."),
}

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# 3 to the power of the place, modulo 31
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


class InvalidCreditCode(InvalidInput):
    """Not such a code; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that can exist, in its parts; `authority` and `kind` are one character each."""

    text: str
    authority: str
    kind: str
    region: str
    organisation: str


def check_character(first: str) -> str:
    """The eighteenth character of the seventeen before it."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def parse(text: str) -> CreditCode:
    """Read a code, in any width and case, with or without blanks and hyphens. Raises InvalidCreditCode."""
    code = compact(text)
    if not _FORM.fullmatch(code):
        raise InvalidCreditCode("form")
    if code[17] != check_character(code[:17]):
        raise InvalidCreditCode("check_character")
    return CreditCode(text=code, authority=code[0], kind=code[1], region=code[2:8], organisation=code[8:17])
