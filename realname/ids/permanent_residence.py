"""Numbers of foreign permanent resident ID cards (外国人永久居留身份证).

Since 2023-12-01 eighteen characters: 9, province of the application (2, GB/T 2260), nationality (3, ISO 3166-1 numeric), birth (8),
order (3), check digit by MOD 11-2 as in GB 11643 (National Immigration Administration, machine-reading rules of the 2023 card [S-2nd]).
Before: three letters of the nationality and twelve digits [S-2nd]: place (4), birth (6), order (1), check digit. That the last is
the check digit of Doc 9303 over what stands before is known from other validators only [K]: one that fails it is taken, with a warning.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from . import mrz, regions
from .citizen_id import check_digit
from .errors import InvalidInput
from .written import compact

MESSAGES = {
    "form": _("The number of a foreign permanent resident ID card is 9 and 17 more characters, or three letters and 12 digits."),
    "province": _("The second and third digit of this number are not a known province."),
    "birth_date": _("The date of birth in this number does not exist."),
    "birth_in_future": _("The date of birth in this number lies in the future."),
    "check_digit": _("The last character of this number does not fit the others. Please compare it with the card."),
}

_NEW = re.compile(r"9[0-9]{16}[0-9X]")
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


class InvalidPermanentResidence(InvalidInput):
    """Not such a number; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class PermanentResidence:
    """A number that can exist. Of the old form only `nationality` (three letters) is told, of the new only `birth`.

    `warnings` may name `check_digit` of an old one.
    """

    number: str
    form: Literal["2023", "2004"]
    birth: date | None = None
    nationality: str = ""
    warnings: tuple[str, ...] = ()


def parse(text: str, *, today: date | None = None) -> PermanentResidence:
    """Read a number of either form. Raises InvalidPermanentResidence."""
    number = compact(text)
    if _NEW.fullmatch(number):
        return _new(number, today or date.today())
    if _OLD.fullmatch(number):
        return _old(number)
    raise InvalidPermanentResidence("form")


def _new(number: str, today: date) -> PermanentResidence:
    if regions.lookup(number[1:3] + "0000") is None:
        raise InvalidPermanentResidence("province")
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise InvalidPermanentResidence("birth_date") from error
    if birth > today:
        raise InvalidPermanentResidence("birth_in_future")
    if number[17] != check_digit(number[:17]):
        raise InvalidPermanentResidence("check_digit")
    return PermanentResidence(number=number, form="2023", birth=birth)


def _old(number: str) -> PermanentResidence:
    doubtful = number[14] != mrz.check_digit(number[:14])
    return PermanentResidence(number=number, form="2004", nationality=number[:3], warnings=("check_digit",) if doubtful else ())
