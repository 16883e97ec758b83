"""Mobile numbers of mainland China: segments by network and kind.

Source of SEGMENTS: Ministry of Industry and Information Technology, "Public mobile network codes and H0 allocation", state of
the end of March 2023, published 2023-06-05, under the Telecommunications Network Numbering Plan (2017). It names
162, 165, 167, 170 and 171 as resale (virtual operators) and 1349, 1619 and 174 as satellite. That 146, 148 and 149 and the
13-digit 140, 141 and 144 serve machines is the operators' use of them, not part of that list. The network is that of the
allocation: since numbers can be ported (2019), the line's operator may be another.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput

MESSAGES = {
    "characters": _("A mobile number has digits only, with +86 in front at most."),
    "length": _("A mobile number has 11 digits."),
    "segment": _("No operator in mainland China uses numbers that begin like this."),
    "iot_not_for_people": _("This number is for devices and cannot be registered by a person."),
}

Carrier = Literal["telecom", "mobile", "unicom", "broadnet", "satnet", "other"]
Kind = Literal["mobile", "virtual", "iot", "satellite"]

# (network, kind, length): beginnings of the number. None contains another.
SEGMENTS: dict[tuple[Carrier, Kind, int], str] = {
    ("telecom", "mobile", 11): "133 153 173 177 180 181 189 190 191 193 199",
    ("mobile", "mobile", 11): (
        "1340 1341 1342 1343 1344 1345 1346 1347 1348 135 136 137 138 139 147 150 151 152 157 158 159 172 178 182 183 184 187 188"
        " 195 197 198"
    ),
    ("unicom", "mobile", 11): "130 131 132 145 155 156 166 175 176 185 186 196",
    ("broadnet", "mobile", 11): "192",
    ("telecom", "virtual", 11): "162 1700 1701 1702",
    ("mobile", "virtual", 11): "165 1703 1705 1706",
    ("unicom", "virtual", 11): "167 1704 1707 1708 1709 171",
    ("telecom", "satellite", 11): "13492 13493 13499 17400 17401 17402 17403 17404 17405",
    ("satnet", "satellite", 11): "1619",
    ("other", "satellite", 11): "17406 17407 17408 17409 17410 17411 17412 1749",
    ("telecom", "iot", 11): "149",
    ("mobile", "iot", 11): "148",
    ("unicom", "iot", 11): "146",
    ("unicom", "iot", 13): "1400",
    ("telecom", "iot", 13): "1410",
    ("mobile", "iot", 13): "1440 1441",
}
BY_PREFIX = {prefix: key for key, prefixes in SEGMENTS.items() for prefix in prefixes.split()}
LONGEST_PREFIX = 5


def prefixes_of(kind: Kind) -> list[str]:
    """The beginnings of numbers of a kind, in order."""
    return sorted(prefix for prefix, (_carrier, of, _length) in BY_PREFIX.items() if of == kind)


def of_things(number: str) -> bool:
    """Is a number in its plain form one of devices?"""
    return number.startswith(tuple(prefixes_of("iot")))


SEPARATORS = re.compile(r"[\s\-.()\u2010-\u2015\u2212]+")
COUNTRY_CODE = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$|1\d{12}$))+")
LONGEST_INPUT = 64


class InvalidPhone(InvalidInput):
    """Not a mobile number a person can have; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number within an allocated segment. `carrier` is the network it was allocated to, for virtual operators their host."""

    number: str
    carrier: Carrier
    kind: Kind


def normalise(text: str) -> str:
    """Full-width to ASCII (NFKC), without spaces, hyphens, brackets and +86. Says nothing about validity."""
    folded = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return COUNTRY_CODE.sub("", unicodedata.normalize("NFKC", folded))


def parse(text: str, *, allow_iot: bool = False) -> PhoneNumber:
    """Read a mobile number. Raises InvalidPhone; numbers of devices are refused unless `allow_iot`."""
    if len(text) > LONGEST_INPUT:
        raise InvalidPhone("length")
    number = normalise(text)
    if not re.fullmatch(r"[0-9]*", number):
        raise InvalidPhone("characters")
    if len(number) not in (11, 13):
        raise InvalidPhone("length")
    carrier, kind = _segment(number)
    if kind == "iot" and not allow_iot:
        raise InvalidPhone("iot_not_for_people")
    return PhoneNumber(number=number, carrier=carrier, kind=kind)


def _segment(number: str) -> tuple[Carrier, Kind]:
    for size in range(3, LONGEST_PREFIX + 1):
        if found := BY_PREFIX.get(number[:size]):
            carrier, kind, length = found
            if len(number) != length:
                raise InvalidPhone("length")
            return carrier, kind
    raise InvalidPhone("segment")
