"""Identities of mobile devices (IMEI), 3GPP TS 23.003 clause 6.2.1 and annex B.

Fifteen digits: type allocation code (TAC, 8), serial number (6), check digit (Luhn over the fourteen before it). Over the air the check
digit is not sent: a network sees fourteen digits, those and a 0 in its place, or the IMEISV (clause 6.2.2: the fourteen and two of the
software's version). So what a network saw is compared by its first fourteen digits.
"""

import re

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput
from .written import compact

MESSAGES = {
    "form": _("An IMEI has 15 digits. The device shows it after *#06#, and it stands on the device's label."),
    "check_digit": _("The last digit of this IMEI does not fit the others. Please compare it with the device."),
    "tac": _("A model of devices (TAC) has 8 digits: the first 8 of its IMEI."),
}

BODY, TAC = 14, 8
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class InvalidImei(InvalidInput):
    """No such identity; `code` is a key of MESSAGES."""

    messages = MESSAGES


def check_digit(body: str) -> str:
    """The fifteenth digit of the fourteen before it: each second one is doubled, its digits summed (annex B)."""
    total = sum(_DOUBLED[int(digit)] if place % 2 else int(digit) for place, digit in enumerate(body))
    return str(-total % 10)


def parse(text: str) -> str:
    """The fifteen digits, from any width, with or without blanks, hyphens and strokes. Raises InvalidImei."""
    digits = compact(text.replace("/", ""))
    if not re.fullmatch(r"[0-9]{15}", digits) or digits[:BODY] == "0" * BODY:
        raise InvalidImei("form")
    if digits[BODY] != check_digit(digits[:BODY]):
        raise InvalidImei("check_digit")
    return digits


def parse_tac(text: str) -> str:
    """The eight digits of a model. Raises InvalidImei."""
    digits = compact(text)
    if not re.fullmatch(r"[0-9]{8}", digits) or digits == "0" * TAC:
        raise InvalidImei("tac")
    return digits


def seen(text: str) -> str:
    """The fourteen digits of what a network saw: those alone, with any fifteenth, or an IMEISV. Raises InvalidImei."""
    if not re.fullmatch(r"[0-9]{14,16}", text):
        raise InvalidImei("form")
    return text[:BODY]


def mask(imei: str) -> str:
    """861536030196001 -> 86153603*****01: the model, and not which device."""
    return imei[:TAC] + "*" * (len(imei) - TAC - 2) + imei[-2:]
