"""Names of people as they stand on documents: Chinese characters (rare ones included) or Latin letters."""

import re

from django.utils.translation import gettext_lazy as _

from .characters import fold_width, is_dangerous, is_han, is_latin
from .errors import InvalidInput

MESSAGES = {
    "empty": _("Please enter the name."),
    "too_short": _("A name has at least 2 characters."),
    "too_long": _("A name has at most 30 characters."),
    "characters": _("A name has Chinese characters or Latin letters only, as printed on the document."),
    "control_characters": _("The name contains invisible characters. Please type it again instead of pasting it."),
}

SHORTEST = 2
LONGEST = 30
# Longer input is refused before any work is done on it.
LONGEST_INPUT = 200

MIDDLE_DOT = "\u00b7"
# • bullet, ‧ hyphenation point, ・ katakana dots, ∙ ⋅ operators, ․ one dot leader, ᛫ runic: all seen for the dot in names.
DOT_VARIANTS = str.maketrans(dict.fromkeys("\u2022\u2027\u30fb\uff65\u2219\u22c5\u2024\u16eb", MIDDLE_DOT))
APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"))
JOINERS = frozenset(" '-." + MIDDLE_DOT)


class InvalidName(InvalidInput):
    """Not a person's name; `code` is a key of MESSAGES."""

    messages = MESSAGES


def normalise(text: str, *, shortest: int = SHORTEST, longest: int = LONGEST) -> str:
    """The name in its one written form. Raises InvalidName.

    Full-width letters become ASCII; every middle dot becomes U+00B7, a full stop too in a Chinese name; blanks between Chinese
    characters go (cards print 张 三), others become one. Letter case stays, and so do traditional and variant characters.
    """
    if len(text) > LONGEST_INPUT:
        raise InvalidName("too_long")
    stripped = text.strip()
    if not stripped:
        raise InvalidName("empty")
    if any(is_dangerous(char) for char in stripped):
        raise InvalidName("control_characters")
    name = fold(stripped)
    if not name:
        raise InvalidName("empty")
    _check(name, shortest, longest)
    return name


def same_name(a: str, b: str) -> bool:
    """Whether two names are the same but for writing: width, blanks, the form of the dot, letter case. Never raises.

    Traditional and simplified forms (張/张) and variant characters are **not** folded: on a document they are different names,
    and taking one for the other is for a reviewer to decide.
    """
    return bool(_key(a)) and _key(a) == _key(b)


def _key(text: str) -> str:
    return fold_width(fold(text).replace(" ", "").casefold())


def fold(text: str) -> str:
    """`normalise` without the refusals: for masking and comparing text that may be no name. Never raises."""
    name = fold_width(text).translate(DOT_VARIANTS).translate(APOSTROPHES)
    if any(is_han(char) for char in name):
        name = name.replace(".", MIDDLE_DOT)
    name = re.sub(r"\s+", " ", name).strip()
    name = re.sub(f" ?{MIDDLE_DOT} ?", MIDDLE_DOT, name)
    return "".join(char for i, char in enumerate(name) if not _between_han(name, i))


def _between_han(name: str, i: int) -> bool:
    return name[i] == " " and 0 < i < len(name) - 1 and is_han(name[i - 1]) and is_han(name[i + 1])


def _check(name: str, shortest: int, longest: int) -> None:
    if not all(is_han(char) or is_latin(char) or char in JOINERS for char in name):
        raise InvalidName("characters")
    doubled = any(a in JOINERS and b in JOINERS and a + b not in (". ", ".-") for a, b in zip(name, name[1:], strict=False))
    if doubled or name[0] in JOINERS or name[-1] in JOINERS - {"."}:
        raise InvalidName("characters")
    if len(name) < shortest:
        raise InvalidName("too_short")
    if len(name) > longest:
        raise InvalidName("too_long")
