"""Numbers of the permits by which residents of Hong Kong, Macao and Taiwan travel to the mainland.

Hong Kong and Macao (来往内地通行证): H or M and eight digits that stay with the holder for life; cards until 2013 add two digits that
count the renewals (Ministry of Public Security, rules of the permit's number, 2010-03-10 [S-2nd]). Taiwan (台胞证): the card of 2015
has eight digits [K]. None has a check digit.
"""

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput
from .written import compact

MESSAGES = {
    "hk_macao": _("The number of a travel permit for Hong Kong or Macao residents is H or M and eight digits."),
    "taiwan": _("The number of a travel permit for Taiwan residents has eight digits."),
}

_HK_MACAO = re.compile(r"([HM])([0-9]{8})([0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}")


class InvalidTravelPermit(InvalidInput):
    """Not a number of such a permit; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class HkMacaoPermit:
    """`number` as printed, `holder` the nine characters that no renewal changes, `renewals` where the number counts them."""

    number: str
    holder: str
    issued_to: Literal["hong_kong", "macao"]
    renewals: int | None


def parse_hk_macao(text: str) -> HkMacaoPermit:
    """Read a number. Raises InvalidTravelPermit."""
    found = _HK_MACAO.fullmatch(compact(text))
    if found is None:
        raise InvalidTravelPermit("hk_macao")
    letter, life, renewals = found.groups()
    return HkMacaoPermit(
        number=found.group(),
        holder=letter + life,
        issued_to="hong_kong" if letter == "H" else "macao",
        renewals=None if renewals is None else int(renewals),
    )


def parse_taiwan(text: str) -> str:
    """The number in its written form. Raises InvalidTravelPermit."""
    number = compact(text)
    if _TAIWAN.fullmatch(number) is None:
        raise InvalidTravelPermit("taiwan")
    return number
