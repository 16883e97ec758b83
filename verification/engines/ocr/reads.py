"""What both sides of a card share: how text is normalised and how a field is made from boxes."""

import re
from collections.abc import Iterable
from datetime import date

from verification.engines.base import FieldRead
from verification.engines.ocr.boxes import Box
from verification.engines.ocr.recognise import OLDER_FORMS, TODAYS_FORMS

LONG_TERM = "long_term"
# Under it a field read with care is for a person. It is that of the least sure character; chosen on the standard set (docs/engines/ocr.md).
SURE = 0.9

CJK = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af]")
_AS_IN_NAMES = str.maketrans(dict.fromkeys("・•‧∙⋅･●.．", "·") | dict.fromkeys("○◯", "〇"))
LABEL = re.compile(r"^(?:姓?名|性?[别別]|民?族|出?生|住?址|签?发?机关|有?效?期限)")
# The specimen mark of trial cards; it lies across the fields, and no field holds it.
_MARK = re.compile(r"[样樣羊洋祥]本|SPECIMEN|SAMPLE", re.IGNORECASE)
_TODAYS_FORM = str.maketrans(OLDER_FORMS, TODAYS_FORMS)


def field_of(text: str, boxes: Iterable[Box], *, doubtful: bool = False) -> FieldRead:
    """A field with the confidence of the least sure of its boxes."""
    lines = tuple(box.line for box in boxes)
    confidence = min(line.confidence for line in lines)
    return FieldRead(text=text, confidence=round(confidence, 4), review=doubtful or confidence < SURE, lines=lines)


def as_in_names(text: str) -> str:
    """Every form of the middle dot as the one that names are written with, and a circle as the character 〇."""
    return text.translate(_AS_IN_NAMES)


def todays_form(text: str) -> str:
    """The text with today's form of characters whose older one looks the same."""
    return text.translate(_TODAYS_FORM)


def without_mark(text: str) -> str:
    """The text without the words that mark a specimen."""
    return _MARK.sub("", text)


def iso(parts: Iterable[str | None]) -> str | None:
    """YYYY-MM-DD, or None for a day that does not exist."""
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (TypeError, ValueError):
        return None
