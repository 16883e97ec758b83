"""The fields of the emblem side (layout of GA 448-2003): who issued the card, and from when to when it is valid.

The dates cannot be mistaken; what issued the card stands above them, begins where they begin, and takes one line or two.
"""

import re

from verification.engines.base import FieldRead
from verification.engines.ocr.boxes import Box
from verification.engines.ocr.reads import CJK, LONG_TERM, field_of, iso, without_mark

# A place, 公安 with what it is, and a part of it: 西安市公安局雁塔分局, 兰州铁路公安处
_AUTHORITY = re.compile(r"[\u3400-\u9fff·]*?[\u3400-\u9fff]公安[局厅处]?(?:[\u3400-\u9fff]{1,14}?(?:分局|支队|总队|派出所|[局处队]))?")
_DATE = r"(\d{4})\D{0,2}(\d{2})\D{0,2}(\d{2})"
_VALIDITY = re.compile(_DATE + r"\D{0,3}(?:" + _DATE + r"|(长期))")
_LABEL = re.compile(r"签?发机关|[签鉴答金发]\S?[机杌][关美]|^\S{1,3}[机杌]关")
_NOT_AN_AUTHORITY = re.compile(r"\d|身份证|共和国|有效|期限")

# In heights of the line of dates: where the lines of the authority may lie above it, and how near one column they begin
_ABOVE = (0.7, 4.5)
_COLUMN = 1.6
_SPACE = 1.3
_LEVEL = 0.4


def parse_back(boxes: tuple[Box, ...]) -> dict[str, FieldRead]:
    """The fields of the emblem side that were found."""
    dates = _dates(boxes)
    found = {"authority": _authority(boxes, dates), **_validity(dates)}
    return {name: read for name, read in found.items() if read is not None}


def _dates(boxes: tuple[Box, ...]) -> list[Box]:
    """The line of the dates, in one box or several."""
    for start in sorted((box for box in boxes if re.search(r"\d{4}", box.text)), key=lambda box: -box.middle):
        line = _followed(start, boxes)
        if _VALIDITY.search(_text(line)):
            return line
    return []


def _validity(line: list[Box]) -> dict[str, FieldRead]:
    found = _VALIDITY.search(_text(line))
    if not found:
        return {}
    start = iso(found.groups()[:3])
    end = LONG_TERM if found.group(7) else iso(found.groups()[3:6])
    backwards = bool(start and end and end != LONG_TERM and end <= start)
    return {name: field_of(text, line, doubtful=backwards) for name, text in {"valid_from": start, "valid_to": end}.items() if text}


def _authority(boxes: tuple[Box, ...], dates: list[Box]) -> FieldRead | None:
    """A place's name must come before 公安; what goes on beyond it is doubtful, for it may be a part that was misread."""
    lines = _lines_above(boxes, dates) if dates else _lines_around(boxes)
    text = "".join(_value(line) for line in lines)
    found = _AUTHORITY.search(text)
    return field_of(found.group(), [box for line in lines for box in line], doubtful=found.group() != text) if found else None


def _lines_above(boxes: tuple[Box, ...], dates: list[Box]) -> list[list[Box]]:
    first = dates[0]
    near, far = (step * first.height for step in _ABOVE)
    # the dates may stand in one box with their label
    lefts = (first.left, _left_of_digits(first))
    within = [box for box in boxes if near < first.middle - box.middle < far and not _NOT_AN_AUTHORITY.search(box.text)]
    within = [box for box in within if CJK.search(without_mark(box.text))]
    starts = [box for box in within if min(abs(box.left - left) for left in lefts) < _COLUMN * first.height or _LABEL.search(box.text)]
    return _column(starts, within)


def _lines_around(boxes: tuple[Box, ...]) -> list[list[Box]]:
    """Without dates: the line that says 公安, and one above and below it that begin where it begins."""
    seed = next((box for box in boxes if "公安" in box.text), None)
    if seed is None:
        return []
    near = [box for box in boxes if abs(box.middle - seed.middle) < 2.2 * seed.height and not _NOT_AN_AUTHORITY.search(box.text)]
    return _column([box for box in near if abs(box.left - seed.left) < seed.height], near)


def _column(starts: list[Box], within: list[Box]) -> list[list[Box]]:
    """Lines below each other. A label that stands between two of them is no line."""
    starts = [box for box in starts if _LABEL.sub("", without_mark(box.text))]
    lines: list[list[Box]] = []
    for start in sorted(starts, key=lambda box: (round(box.middle / box.height), box.left)):
        if not any(start in line for line in lines):
            lines.append(_followed(start, within))
    return sorted(lines, key=lambda line: line[0].middle)


def _followed(start: Box, boxes: tuple[Box, ...] | list[Box]) -> list[Box]:
    """The line that begins with this box: boxes on its level without wide spaces."""
    line = [start]
    for box in sorted(boxes, key=lambda other: other.left):
        level = abs(box.middle - start.middle) < _LEVEL * start.height and 0.6 < box.height / start.height < 1.6
        if level and box.left > line[-1].left and -0.5 * start.height < box.left - line[-1].right < _SPACE * start.height:
            line.append(box)
    return line


def _left_of_digits(box: Box) -> float:
    at = re.search(r"\d", box.text).start()
    return box.left + at / len(box.text) * (box.right - box.left)


def _value(line: list[Box]) -> str:
    """Its text without 签发机关, whole or misread, and what stands before that."""
    text = without_mark("".join(character for character in _text(line) if CJK.match(character) or character == "·"))
    label = _LABEL.search(text)
    return text[label.end() :] if label else text


def _text(line: list[Box]) -> str:
    return "".join(box.text for box in line)
