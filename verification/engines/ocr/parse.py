"""From text lines to a side of a resident ID card and its fields."""

from collections.abc import Iterable, Mapping

from verification.engines.base import FieldRead, Side, TextLine
from verification.engines.ocr.back import parse_back
from verification.engines.ocr.boxes import boxes_of
from verification.engines.ocr.front import birth_boxes, number_box, number_text, parse_front
from verification.engines.ocr.reads import LONG_TERM, SURE

__all__ = ["LONG_TERM", "SURE", "parse_card"]

# what only the named side says; misreadings of single characters are let pass by asking for one of several
_BACK_WORDS = ("中华人民共和国", "居民身份证", "签发机关", "公安局", "有效期限")
_FOREIGN_WORDS = ("永久居留", "PERMANENTRESIDENT", "ForeignPermanent")


def parse_card(lines: Iterable[TextLine]) -> tuple[Side, Mapping[str, FieldRead]]:
    """Which side it is and the fields found on it. "other" comes with no fields."""
    boxes = boxes_of(lines)
    whole = "".join(box.text for box in boxes)
    if any(word in whole for word in _FOREIGN_WORDS):
        return "other", {}
    number, birth = number_box(boxes), birth_boxes(boxes)
    if number is not None and (birth or "公民身份" in whole):
        return ("other", {}) if number_text(number).startswith("9") else ("front", parse_front(boxes))
    if any(word in whole for word in _BACK_WORDS):
        return "back", parse_back(boxes)
    if birth and "公民身份" in whole:
        return "front", parse_front(boxes)
    return "other", {}
