"""Names in Latin letters, as people write them and as machine-readable zones do (ICAO Doc 9303-3, 4.6 and 6)."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from . import names
from .characters import is_latin
from .names import InvalidName

MESSAGES = {
    "latin": _("Please enter the name in Latin letters, as it stands in the document."),
    "too_long": _("A name in Latin letters has at most 80 characters."),
}
LONGEST = 80  # a zone has room for 39 letters of it; the page above the zone may have more

# letters that a zone may write with two; all others lose their marks
_TWO_LETTERS = {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "ẞ": "SS", "Þ": "TH", "Ñ": "NXX"}
_ONE_LETTER = {**_TWO_LETTERS, "Ä": "A", "Å": "A", "Ö": "O", "Ø": "O", "Ü": "U", "Ñ": "N"}
_PLAIN = str.maketrans({"Đ": "D", "Ð": "D", "Ħ": "H", "ı": "I", "İ": "I", "Ł": "L", "Ŧ": "T", "Ŋ": "N"})


class InvalidLatinName(InvalidName):
    """Not a name in Latin letters."""

    messages = {**names.MESSAGES, **MESSAGES}


def normalise(text: str) -> str:
    """The name in its one written form: as `names.normalise`, without the comma after a surname. Raises InvalidLatinName."""
    try:
        name = names.normalise(text.replace(",", " ").replace("\uff0c", " "), shortest=1, longest=LONGEST)
    except InvalidName as invalid:
        raise InvalidLatinName(invalid.code) from None
    if not any(is_latin(char) for char in name) or not all(is_latin(char) or char in names.JOINERS for char in name):
        raise InvalidLatinName("latin")
    return name


def same(entered: str, surname: str, given_names: str, *, cut: bool = False) -> bool:
    """Whether a name as people write it is the one of a zone: marks, blanks, hyphens and the order of its two parts aside.

    A letter with a mark may stand in the zone as one letter or as two (MÜLLER: MUELLER or MULLER). A name that the zone has `cut`
    off need only begin so.
    """
    orders = {letters(surname) + letters(given_names), letters(given_names) + letters(surname)}
    for written in (letters(entered), letters(entered, two=True)):
        if written and any(written == order or (cut and written.startswith(order)) for order in orders):
            return True
    return False


def letters(text: str, *, two: bool = False) -> str:
    """Capital letters A to Z of a name, as a zone has them; with `two`, letters with marks as two where that is the custom."""
    upper = unicodedata.normalize("NFC", text.replace("ß", "ẞ").upper()).translate(_PLAIN)
    spelled = "".join((_TWO_LETTERS if two else _ONE_LETTER).get(char, char) for char in upper)
    return "".join(char for char in unicodedata.normalize("NFD", spelled) if "A" <= char <= "Z")
