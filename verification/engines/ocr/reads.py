"""What both sides of a card share: how text is normalised and how a field is made from boxes."""

import re
from collections.abc import Iterable
from datetime import date

from verification.engines.base import FieldRead
from verification.engines.ocr.boxes import Box

LONG_TERM = "long_term"
# Under it a field read with care is for a person. It is that of the least sure character; chosen on the standard set (docs/engines/ocr.md).
SURE = 0.9

CJK = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af]")
_AS_IN_NAMES = str.maketrans(dict.fromkeys("・•‧∙⋅･●.．", "·") | dict.fromkeys("○◯", "〇"))
# The specimen mark of trial cards; it lies across the fields, and no field holds it.
_MARK = re.compile(r"[样樣羊洋祥]本|SPECIMEN|SAMPLE", re.IGNORECASE)
# Older forms beside today's that look the same to a camera. Cards print today's but for rare names, so it is taken, and a person asked.
_TODAYS_FORM = str.maketrans(
    "黃奧強內戶呂吳別沒兌換渙煥溫爭淨靜虛彥產啟淸靑眞愼冊祿壯狀將寬顏",
    "黄奥强内户吕吴别没兑换涣焕温争净静虚彦产启清青真慎册禄壮状将宽颜",
)


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
