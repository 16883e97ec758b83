"""From text lines to the fields of a resident ID card (layout of GA 448-2003).

Labels are misread or vary, so fields are found by their place relative to the two rows that cannot be mistaken: the number (at
least 15 digits) and the birth (年). The check digit validates and never repairs: a repaired number was wrong in 6 of 13 cases.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from realname.ids.citizen_id import check_digit
from verification.engines.base import FieldRead, Side, TextLine
from verification.engines.ethnicities import ETHNICITIES
from verification.engines.rows import Box, Row, rows_of

# Under it, 3 of 3 wrong names and 2 % of the right ones fall (measured).
SURE = 0.93
LONG_TERM = "long_term"

_NUMBER = re.compile(r"\d{15,17}[\dXx]?")
_FULL_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_BIRTH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_SEX = re.compile(r"[男女]")
_NAME_LABEL = re.compile(r"^(?:[姓娃性妊][名各召明]|[姓娃](?=.{2,})|名(?=.{2,}))[::]?")
_ADDRESS_LABEL = re.compile(r"^(?:[住佳往任注仕][址扯圳]|址)[::]?")
_AUTHORITY = re.compile(r"[\u4e00-\u9fff·]*?[\u4e00-\u9fff]公安[\u4e00-\u9fff]*[局处队]?")
_DATE = r"(\d{4})\D{0,2}(\d{2})\D{0,2}(\d{2})"
_VALIDITY = re.compile(_DATE + r"\D{0,3}(?:" + _DATE + r"|(长期))")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("・•‧∙⋅･●.•", "·"))
_CJK = re.compile(r"[\u3400-\u9fff]")
# what only the named side says; misreadings of single characters are let pass by asking for one of several
_BACK_WORDS = ("中华人民共和国", "居民身份证", "签发机关", "公安局", "有效期限")
_FOREIGN_WORDS = ("永久居留", "PERMANENT RESIDENT", "ForeignPermanent")


def parse_card(lines: Iterable[TextLine]) -> tuple[Side, Mapping[str, FieldRead]]:
    """Which side it is and the fields found on it. "other" comes with no fields."""
    rows = rows_of(lines)
    whole = "".join(row.text for row in rows)
    if any(word.replace(" ", "") in whole for word in _FOREIGN_WORDS):
        return "other", {}
    if (number := _number_row(rows)) is not None and (_birth_row(rows) is not None or "公民身份" in whole):
        return ("other", {}) if _number_text(number).startswith("9") else ("front", parse_front(rows))
    if any(word in whole for word in _BACK_WORDS):
        return "back", parse_back(rows)
    if _birth_row(rows) is not None and "公民身份" in whole:
        return "front", parse_front(rows)
    return "other", {}


def parse_front(rows: tuple[Row, ...]) -> dict[str, FieldRead]:
    """The fields of the portrait side that were found."""
    number, birth = _number_row(rows), _birth_row(rows)
    found = {
        "name": _name(rows, birth),
        "sex": _sex(_row_before(rows, birth, _SEX)),
        "ethnicity": _ethnicity(_row_before(rows, birth, _SEX)),
        "birth": _birth(birth),
        "address": _address(rows, birth, number),
        "id_number": _id_number(number),
    }
    return {name: read for name, read in found.items() if read is not None}


def parse_back(rows: tuple[Row, ...]) -> dict[str, FieldRead]:
    """The fields of the emblem side that were found."""
    found = {"authority": _authority(rows), **_validity(rows)}
    return {name: read for name, read in found.items() if read is not None}


def _read(text: str, confidence: float, *, doubtful: bool = False) -> FieldRead:
    return FieldRead(text=text, confidence=round(confidence, 4), review=doubtful or confidence < SURE)


def _number_row(rows: tuple[Row, ...]) -> Row | None:
    """The lowest row with a run of at least 15 digits."""
    return next((row for row in reversed(rows) if _NUMBER.search(row.text)), None)


def _birth_row(rows: tuple[Row, ...]) -> Row | None:
    return next((row for row in rows if "年" in row.text and re.search(r"\d", row.text)), None)


def _row_before(rows: tuple[Row, ...], row: Row | None, pattern: re.Pattern) -> Row | None:
    """The nearest row above that holds the pattern."""
    if row is None:
        return next((other for other in rows if pattern.search(other.text)), None)
    above = rows[: rows.index(row)]
    return next((other for other in reversed(above) if pattern.search(other.text)), None)


def _number_text(row: Row) -> str:
    found = _FULL_NUMBER.search(row.text) or _NUMBER.search(row.text)
    return found.group().upper()


def _id_number(row: Row | None) -> FieldRead | None:
    if row is None:
        return None
    text = _number_text(row)
    boxes = [box for box in row.boxes if re.search(r"\d{3}", box.text)]
    whole = len(text) == 18 and check_digit(text[:17]) == text[17]
    return _read(text, min(box.confidence for box in boxes), doubtful=not whole)


def _birth(row: Row | None) -> FieldRead | None:
    """Read even where a label stands between: 出生1990年1月2日."""
    found = _BIRTH.search(row.text) if row else None
    day = _iso(found.groups()) if found else None
    return _read(day, row.confidence) if day else None


def _sex(row: Row | None) -> FieldRead | None:
    if row is None:
        return None
    sex = "male" if _SEX.search(row.text).group() == "男" else "female"
    boxes = [box.confidence for box in row.boxes if _SEX.search(box.text)]
    return _read(sex, min(boxes))


def _ethnicity(row: Row | None) -> FieldRead | None:
    """One of the 56, the longest that fits, right of the sex."""
    if row is None:
        return None
    rest = row.text[_SEX.search(row.text).end() :]
    after_label = re.sub(r"^.{0,2}族", "", rest, count=1)
    ethnicity = next((name for name in ETHNICITIES if after_label.startswith(name)), None)
    ethnicity = ethnicity or next((name for name in ETHNICITIES if name in after_label), None)
    if ethnicity is None:
        return None
    boxes = [box.confidence for box in row.boxes if ethnicity[-1] in box.text] or [row.confidence]
    return _read(ethnicity, min(boxes))


def _name(rows: tuple[Row, ...], birth: Row | None) -> FieldRead | None:
    """The row above the sex, and a second one where a long name is broken; without its label."""
    sex = _row_before(rows, birth, _SEX)
    if sex is None:
        return None
    above = [box for row in rows[: rows.index(sex)] for box in _left_of_portrait(rows, row)]
    boxes = [box for box in above if _CJK.search(box.text) and not _is_label(box, above)]
    text = _NAME_LABEL.sub("", "".join(box.text for box in boxes)).translate(_MIDDLE_DOTS).strip("·")
    text = "".join(character for character in text if _CJK.match(character) or character == "·")
    return _read(text, min(box.confidence for box in boxes), doubtful=len(text) < 2) if text else None


def _is_label(box: Box, beside: list[Box]) -> bool:
    """姓名 in a box of its own: two characters that start left of everything else in the row."""
    alone = len(box.text) <= 2 and any(other.left >= box.right - 0.5 * box.height and other is not box for other in beside)
    return alone and _NAME_LABEL.match(box.text + "甲甲") is not None


def _left_of_portrait(rows: tuple[Row, ...], row: Row) -> list[Box]:
    """The row's boxes that begin in the left 60 % of the text's width: the portrait and its surroundings lie right of it."""
    left = min(box.left for other in rows for box in other.boxes)
    right = max(box.right for other in rows for box in other.boxes)
    return [box for box in row.boxes if box.left < left + 0.55 * (right - left)]


def _address(rows: tuple[Row, ...], birth: Row | None, number: Row | None) -> FieldRead | None:
    if birth is None or number is None or rows.index(number) <= rows.index(birth):
        return None
    between = rows[rows.index(birth) + 1 : rows.index(number)]
    boxes = [box for row in between for box in _left_of_portrait(rows, row) if re.search(r"[\u3400-\u9fff\d]", box.text)]
    boxes = [box for box in boxes if "公民身份" not in box.text]
    if not boxes:
        return None
    text = _ADDRESS_LABEL.sub("", "".join(box.text for box in boxes))
    return _read(text, min(box.confidence for box in boxes), doubtful=len(text) < 6) if text else None


def _authority(rows: tuple[Row, ...]) -> FieldRead | None:
    """A place's name must come before 公安; a long name is broken into two rows that begin below each other."""
    index = next((index for index, row in enumerate(rows) if "公安" in row.text or "分局" in row.text), None)
    if index is None:
        return _authority_broken_within(rows)
    part = [rows[index]]
    if index and _continues(rows[index - 1], rows[index]):
        part.insert(0, rows[index - 1])
    if index + 1 < len(rows) and _continues(rows[index], rows[index + 1]):
        part.append(rows[index + 1])
    found = _AUTHORITY.search("".join(_without_label(row) for row in part))
    confidences = [box.confidence for row in part for box in row.boxes if _CJK.search(box.text)]
    return _read(found.group(), min(confidences)) if found else None


def _authority_broken_within(rows: tuple[Row, ...]) -> FieldRead | None:
    """Where the line breaks inside 公安: what stands above the dates and begins where they begin."""
    validity = next((row for row in rows if _VALIDITY.search(row.text)), None)
    if validity is None:
        return None
    dates = next(box for box in validity.boxes if re.search(r"\d{2}", box.text))
    above = [box for row in rows if row.middle < validity.middle for box in row.boxes]
    column = [box for box in above if abs(box.left - dates.left) < dates.height and not re.search(r"身份证|共和国|样本", box.text)]
    column.sort(key=lambda box: box.middle)
    found = _AUTHORITY.search("".join(box.text for box in column))
    return _read(found.group(), min(box.confidence for box in column)) if found else None


def _continues(upper: Row, lower: Row) -> bool:
    """Both rows are text of the value: they begin at the same place, close together, without digits or the card's title."""
    if any(re.search(r"\d|身份证|共和国", row.text) for row in (upper, lower)):
        return False
    one, other = (max(row.boxes, key=lambda box: box.right - box.left) for row in (upper, lower))
    return abs(one.left - other.left) < one.height and lower.middle - upper.middle < 2.2 * one.height


def _without_label(row: Row) -> str:
    """The row's text without 签发机关, whole or misread."""
    text = "".join(character for character in row.text if _CJK.match(character) or character == "·")
    label = re.match(r"^(?:签?发?机关|[签鉴答金]\S?[机杌][关美]|\S{1,3}[机杌]关)", text)
    return text[label.end() :] if label else text


def _validity(rows: tuple[Row, ...]) -> dict[str, FieldRead]:
    for row in rows:
        found = _VALIDITY.search(row.text)
        if not found:
            continue
        start = _iso(found.groups()[:3])
        end = LONG_TERM if found.group(7) else _iso(found.groups()[3:6])
        boxes = [box.confidence for box in row.boxes if re.search(r"\d{2}|长期", box.text)]
        doubtful = bool(start and end and end != LONG_TERM and end <= start)
        pairs = {"valid_from": start, "valid_to": end}
        return {name: _read(text, min(boxes), doubtful=doubtful) for name, text in pairs.items() if text}
    return {}


def _iso(parts) -> str | None:
    """YYYY-MM-DD, or None for a day that does not exist."""
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (TypeError, ValueError):
        return None
