"""Citizen ID numbers: GB 11643-1999, requirement R-11.

Eighteen characters: region (6, GB/T 2260), date of birth (8), order (3, odd for men and even for women), check digit
(ISO 7064 MOD 11-2, with X for ten).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from . import regions
from .errors import InvalidInput

MESSAGES = {
    "length": _("A citizen ID number has 18 characters."),
    "characters": _("A citizen ID number has 17 digits and, at the end, a digit or the letter X."),
    "region": _("The first six digits of the ID number are not a known region."),
    "birth_date": _("The date of birth in the ID number does not exist."),
    "birth_in_future": _("The date of birth in the ID number lies in the future."),
    "birth_too_old": _("The date of birth in the ID number lies too far in the past."),
    "check_digit": _("The last character of the ID number does not fit the others. Please compare it with the card."),
    "permit": _("This is the number of a residence permit for Hong Kong, Macao or Taiwan residents. Please choose that kind of document."),
    "no_permit": _("The number of a residence permit begins with 810000, 820000 or 830000."),
    "foreign_permit": _("This is the number of a foreign permanent resident ID card. Please choose that kind of document."),
}

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# The longest documented human life is 122 years; ten more would only let typing errors through.
OLDEST_YEARS = 130
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
# Longer input is no ID number, and is not worth normalising.
LONGEST_INPUT = 64

RegionWarning = Literal["region_unlisted", "region_withdrawn"]


class InvalidCitizenID(InvalidInput):
    """Not a citizen ID number; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class CitizenID:
    """A number that can exist; whether it was issued, only the authority knows.

    `kind` is "permit" for residence permits of Hong Kong, Macao and Taiwan residents, else "citizen". `warnings` name what is
    unusual but not impossible: `region_unlisted` (county unknown under a known province, or a code that names only a province)
    and `region_withdrawn` (the region's code was withdrawn before the person was born).
    """

    number: str
    region: regions.Region
    birth: date
    sex: Literal["male", "female"]
    kind: Literal["citizen", "permit"]
    warnings: tuple[RegionWarning, ...] = ()

    def age(self, on: date) -> int:
        """Completed years of life on a date."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


def normalise(text: str) -> str:
    """Full-width to ASCII (NFKC), without spaces and hyphens, x as X. Says nothing about validity."""
    folded = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", folded).replace("x", "X")


def check_digit(body17: str) -> str:
    """The eighteenth character for seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(body17) != 17 or not (body17.isascii() and body17.isdigit()):
        raise ValueError("the body of a citizen ID number is 17 ASCII digits")
    return CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body17, strict=True)) % 11]


def parse(text: str, *, today: date | None = None, strict: bool = False) -> CitizenID:
    """Read a citizen ID number. Raises InvalidCitizenID with the code of the first fault, left to right.

    An unknown province is an error. An unknown county under a known province is a warning, since the table of old codes is not
    complete (see `regions`), and so is a code withdrawn before the birth; with `strict` both are errors (code `region`).
    """
    number = _characters(text)
    today = today or date.today()
    region = regions.lookup(number[:6])
    if region is None:
        raise InvalidCitizenID("region")
    birth = _birth(number[6:14], today)
    if number[17] != check_digit(number[:17]):
        raise InvalidCitizenID("check_digit")
    warnings = _region_warnings(number[:6], birth, today)
    if strict and warnings:
        raise InvalidCitizenID("region")
    return CitizenID(
        number=number,
        region=regions.lookup(number[:6], birth) or region,
        birth=birth,
        sex="male" if int(number[16]) % 2 else "female",
        kind="permit" if number[:6] in regions.PERMIT_CODES else "citizen",
        warnings=warnings,
    )


def _characters(text: str) -> str:
    if len(text) > LONGEST_INPUT:
        raise InvalidCitizenID("length")
    number = normalise(text)
    if not re.fullmatch(r"[0-9X]*", number):
        raise InvalidCitizenID("characters")
    if len(number) != 18:
        raise InvalidCitizenID("length")
    if "X" in number[:17]:
        raise InvalidCitizenID("characters")
    if number[0] == "9":
        raise InvalidCitizenID("foreign_permit")
    return number


def _birth(digits: str, today: date) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise InvalidCitizenID("birth_date") from error
    if birth > today:
        raise InvalidCitizenID("birth_in_future")
    if (birth.year + OLDEST_YEARS, birth.month, birth.day) < (today.year, today.month, today.day):
        raise InvalidCitizenID("birth_too_old")
    return birth


def _region_warnings(code: str, birth: date, today: date) -> tuple[RegionWarning, ...]:
    if code in regions.PERMIT_CODES:
        return ()
    region = regions.lookup(code)
    if region is None or not region.listed or code.endswith("0000"):
        return ("region_unlisted",)
    # A number is given at the first registration, which may be long after birth: any year of the life will do.
    return () if regions.in_force(code, birth, today) else ("region_withdrawn",)
