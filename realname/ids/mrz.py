"""Machine-readable zones of travel documents: ICAO Doc 9303 parts 3, 4 and 5, and the permits of China.

Strict: a zone is read only where every check digit of it fits, and no character is ever mended. What is told is what stands there;
whether such a document was issued, only its issuer knows. Three layouts:
- TD3, passports: two lines of 44 (Doc 9303-4, 4.2.2);
- TD1, cards: three lines of 30 (Doc 9303-5, 4.2.2);
- the cards by which residents of Hong Kong, Macao (2013) and Taiwan (2015) travel to the mainland: three lines of 30 of their own
  order, as public readers of them take them apart [S-2nd]; check digits by the same rule.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput

MESSAGES = {
    "lines": _("These are not the lines of a machine-readable zone."),
    "characters": _("A machine-readable zone has capital letters, digits and the sign < only."),
    "check_digit": _("A check digit of the machine-readable zone does not fit."),
    "names": _("The names in the machine-readable zone are not set apart as they must be."),
    "date": _("A date in the machine-readable zone does not exist."),
}
Layout = Literal["TD3", "TD1", "CN_PERMIT"]
FILLER = "<"
WEIGHTS = (7, 3, 1)
_CHARACTERS = re.compile(r"[0-9A-Z<]*")
# A document lasts ten years at most as a rule; fifty leave room and still name one century.
_EXPIRY_WINDOW = 50
_SEXES = {"M": "male", "F": "female"}
# what the permits of China write of the century of birth
_CENTURIES = {"A": 1800, "B": 1900, "C": 2000}


class InvalidMrz(InvalidInput):
    """No zone that can be right; `code` is a key of MESSAGES."""

    messages = MESSAGES


@dataclass(frozen=True, slots=True)
class MachineReadableZone:
    """What a zone says. `issuing_state` and `nationality` are empty on the permits of China, dates None where the zone leaves them open.

    `code` is the kind of document in one or two letters. `surname` and `given_names` have single blanks for fillers; `cut` says that
    the names fill their field to its end, so that they may go on. `renewals` is only told by the permits.
    """

    layout: Layout
    code: str
    issuing_state: str
    number: str
    nationality: str
    birth: date | None
    sex: Literal["male", "female", ""]
    expiry: date | None
    surname: str
    given_names: str
    cut: bool
    optional: str = ""
    renewals: int | None = None

    @property
    def name(self) -> str:
        """Surname, then given names, as people write it."""
        return f"{self.surname} {self.given_names}".strip()


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 modulo 10; A is 10 to Z is 35, the filler 0 (Doc 9303-3, 4.9). Raises ValueError for other characters."""
    if _CHARACTERS.fullmatch(text) is None:
        raise ValueError("a machine-readable zone has capital letters, digits and fillers only")
    return str(sum(_value(char) * WEIGHTS[place % 3] for place, char in enumerate(text)) % 10)


def parse(lines: Sequence[str], *, today: date | None = None) -> MachineReadableZone:
    """Read a zone from its lines, without blanks around them. Raises InvalidMrz with the first fault."""
    sizes = [len(line) for line in lines]
    if sizes not in ([44] * 2, [30] * 3):
        raise InvalidMrz("lines")
    if any(_CHARACTERS.fullmatch(line) is None for line in lines):
        raise InvalidMrz("characters")
    today = today or date.today()
    if len(lines) == 2:
        return _td3(*lines, today=today)
    # both layouts have three lines of 30; their check digits, six and four of them, tell which it is
    return _cn_permit(*lines, today=today) if _is_cn_permit(*lines) else _td1(*lines, today=today)


def _value(char: str) -> int:
    if char == FILLER:
        return 0
    return ord(char) - ord("0") if char.isdigit() else ord(char) - ord("A") + 10


def _td3(first: str, second: str, *, today: date) -> MachineReadableZone:
    optional = second[28:42]
    _checked(second[0:9], second[9])
    _checked(second[13:19], second[19])
    _checked(second[21:27], second[27])
    # of an empty field the digit may be a filler (Doc 9303-4, 4.2.2.2)
    if optional.strip(FILLER) or second[42] != FILLER:
        _checked(optional, second[42])
    _checked(second[0:10] + second[13:20] + second[21:43], second[43])
    surname, given, cut = _names(first[5:44])
    return MachineReadableZone(
        layout="TD3",
        code=_text(first[0:2]),
        issuing_state=_text(first[2:5]),
        number=_text(second[0:9]),
        nationality=_text(second[10:13]),
        birth=_birth(second[13:19], today),
        sex=_SEXES.get(second[20], ""),
        expiry=_expiry(second[21:27], today),
        surname=surname,
        given_names=given,
        cut=cut,
        optional=_text(optional),
    )


def _td1(first: str, second: str, third: str, *, today: date) -> MachineReadableZone:
    number, optional = first[5:14], first[15:30]
    if first[14] == FILLER and optional.strip(FILLER):
        # a longer number goes on in the optional data, its check digit behind it (Doc 9303-5, 4.2.2.1, note j)
        rest = optional.split(FILLER, 1)[0]
        number, digit, optional = number + rest[:-1], rest[-1:], optional[len(rest) :]
        _checked(number, digit)
    else:
        _checked(number, first[14])
    _checked(second[0:6], second[6])
    _checked(second[8:14], second[14])
    _checked(first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29])
    surname, given, cut = _names(third)
    return MachineReadableZone(
        layout="TD1",
        code=_text(first[0:2]),
        issuing_state=_text(first[2:5]),
        number=_text(number),
        nationality=_text(second[15:18]),
        birth=_birth(second[0:6], today),
        sex=_SEXES.get(second[7], ""),
        expiry=_expiry(second[8:14], today),
        surname=surname,
        given_names=given,
        cut=cut,
        optional=f"{_text(optional)} {_text(second[18:29])}".strip(),
    )


def _is_cn_permit(first: str, second: str, third: str) -> bool:
    pairs = (
        (first[2:11], first[11]),
        (first[12:14], first[14]),
        (first[15:21], first[21]),
        (first[23:29], first[29]),
        (first[2:22] + first[23:30] + second[19:29], second[29]),
    )
    return first[12:14].isdigit() and all(check_digit(text) == digit for text, digit in pairs)


def _cn_permit(first: str, second: str, third: str, *, today: date) -> MachineReadableZone:
    # on permits for Taiwan, whose numbers are digits only, the last four characters say where it was issued
    surname, given, cut = _names(third[:26] if first[2].isdigit() else third)
    return MachineReadableZone(
        layout="CN_PERMIT",
        code=_text(first[0:2]),
        issuing_state="",
        number=_text(first[2:11]),
        nationality="",
        birth=_birth(first[23:29], today, century=_CENTURIES.get(second[18])),
        sex=_SEXES.get(first[22], ""),
        expiry=_expiry(first[15:21], today),
        surname=surname,
        given_names=given,
        cut=cut,
        optional=_text(second[19:28]),
        renewals=int(first[12:14]),
    )


def _checked(text: str, digit: str) -> None:
    if check_digit(text) != digit:
        raise InvalidMrz("check_digit")


def _text(field: str) -> str:
    return field.rstrip(FILLER).replace(FILLER, " ")


def _names(field: str) -> tuple[str, str, bool]:
    """Surname, given names, and whether they reach the end of their field. Two fillers end the surname and, again, all names."""
    surname, _gap, given = field.rstrip(FILLER).partition(FILLER * 2)
    if not surname or FILLER * 2 in given or given.startswith(FILLER):
        raise InvalidMrz("names")
    return _text(surname), _text(given), not field.endswith(FILLER)


def _birth(text: str, today: date, *, century: int | None = None) -> date | None:
    """The day, in that century or else the latest that is not in the future. None where it is not wholly known (Doc 9303-3, 4.8.1)."""
    parts = _parts(text)
    if parts is None:
        return None
    year, month, day = parts
    if century is None:
        this = today.year // 100 * 100
        century = this if (this + year, month, day) <= (today.year, today.month, today.day) else this - 100
    return _day(century + year, month, day)


def _expiry(text: str, today: date) -> date | None:
    """The day nearest to today. None where the document has no end."""
    parts = _parts(text)
    if parts is None:
        return None
    year, month, day = parts
    full = today.year // 100 * 100 + year
    if full > today.year + _EXPIRY_WINDOW:
        full -= 100
    elif full < today.year - _EXPIRY_WINDOW:
        full += 100
    return _day(full, month, day)


def _parts(text: str) -> tuple[int, int, int] | None:
    if FILLER in text:
        return None
    if not text.isdigit():
        raise InvalidMrz("date")
    return int(text[0:2]), int(text[2:4]), int(text[4:6])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidMrz("date") from error
