"""The fields of the portrait side (layout of GA 448-2003).

Labels are misread or vary, so fields are found by their place relative to the two lines that cannot be mistaken: the number (at
least 15 digits) and the birth (年). Everything is measured in heights of the birth's line, so it does not matter whether the card
was flattened or lies somewhere in a larger picture with text of its own around it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from realname.ids.citizen_id import check_digit
from verification.engines.base import FieldRead
from verification.engines.ocr.boxes import Box
from verification.engines.ocr.ethnicities import ETHNICITIES
from verification.engines.ocr.reads import CJK, as_in_names, field_of, iso, todays_form, without_mark

NUMBER = re.compile(r"\d{15,17}[\dXx]?")
_FULL_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_BIRTH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_BIRTH_LIKE = re.compile(r"\d{2,4}年|\d{4}\D?\d{1,2}月")
_SEX = re.compile(r"[男女]")
_SEX_LABEL = re.compile(r"^.?[别別剂刷]")
_ETHNICITY_LABEL = re.compile(r"^.{0,2}族")
_NAME_LABEL = re.compile(r"^(?:[姓娃性妊][名各召明]|[姓娃](?=.{2,})|名(?=.{2,}))[::]?")
_ADDRESS_LABEL = re.compile(r"^(?:[住佳往任注仕代][址扯圳]|址)[::]?")
_NUMBER_LABEL = "公民身份"
_LABEL_ALONE = re.compile(r"^(?:[姓娃性妊]?[名各召明]|[住佳往任注仕代]?[址扯圳])$")

# Distances of the layout in heights of the birth's line as the detector cuts it (about 1.3 of the type, a row is 1.6)
_ROW = 1.65
_LOWEST_ADDRESS = 5.5  # below the birth, where no number says where it must end
_NEXT_ROW = (0.7, 2.7)
_BELOW = 0.55  # two lines of one field are at least so far apart
_COLUMN = 1.6  # a value begins so near to where the column of values begins
_PORTRAIT = 0.63  # of the way from the labels to the number's end: right of it lies the portrait
_SPACE = 1.3  # between two boxes of one line


@dataclass(frozen=True, slots=True)
class Anchors:
    """The lines that say where the others are; `label_left` and `value_left` are where the two columns begin."""

    birth: tuple[Box, ...]
    number: Box | None
    height: float
    label_left: float
    value_left: float
    value_right: float

    @property
    def birth_middle(self) -> float:
        """px."""
        return self.birth[0].middle


def parse_front(boxes: tuple[Box, ...]) -> dict[str, FieldRead]:
    """The fields of the portrait side that were found."""
    number = number_box(boxes)
    found = {"id_number": _id_number(number)}
    anchors = anchors_of(boxes, number)
    if anchors is not None:
        sex_row = row_above(boxes, anchors)
        sex = next((box for box in sex_row if _SEX.search(box.text)), None)
        found |= {
            "name": _name(boxes, anchors, sex_row),
            "sex": field_of("male" if _SEX.search(sex.text).group() == "男" else "female", [sex]) if sex else None,
            "ethnicity": _ethnicity(sex_row, sex),
            "birth": _birth(anchors.birth),
            "address": _address(boxes, anchors),
        }
    return {name: read for name, read in found.items() if read is not None}


def number_box(boxes: tuple[Box, ...]) -> Box | None:
    """The lowest line with a run of at least 15 digits."""
    return max((box for box in boxes if NUMBER.search(box.text)), key=lambda box: box.middle, default=None)


def number_text(box: Box) -> str:
    """The number in that line, as read."""
    return (_FULL_NUMBER.search(box.text) or NUMBER.search(box.text)).group().upper()


def birth_boxes(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """The line that holds the birth, from left to right; empty where there is none. Year, month and day may each be a box."""
    lines = (_line_with(boxes, box) for box in boxes if re.search(r"[年月]", box.text))
    births = [line for line in lines if _BIRTH_LIKE.search(line_text(line))]
    return max(births, key=lambda line: len(line_text(line)), default=())


def _line_with(boxes: tuple[Box, ...], seed: Box) -> tuple[Box, ...]:
    """The boxes on one line with it and not far from each other, from left to right."""
    level = sorted((box for box in boxes if abs(box.middle - seed.middle) < 0.4 * seed.height), key=lambda box: box.left)
    at = level.index(seed)
    first = last = at
    while first and level[first].left - level[first - 1].right < 2 * seed.height:
        first -= 1
    while last + 1 < len(level) and level[last + 1].left - level[last].right < 2 * seed.height:
        last += 1
    return tuple(level[first : last + 1])


def anchors_of(boxes: tuple[Box, ...], number: Box | None) -> Anchors | None:
    """The layout as the birth and the number give it, or None without a birth."""
    birth = birth_boxes(boxes)
    if not birth:
        return None
    value = next(box for box in birth if re.search(r"\d", box.text))
    height = value.height
    value_left = _left_of_first(value, r"\d")
    label_left = birth[0].left if birth[0].left < value_left - height else value_left - 2.3 * height
    number_right = number.right if number else max(box.right for box in boxes)
    return Anchors(birth, number, height, label_left, value_left, label_left + _PORTRAIT * (number_right - label_left))


def _left_of_first(box: Box, pattern: str) -> float:
    """Where the first such character of a line begins: a label may stand before it."""
    at = re.search(pattern, box.text).start()
    if at == 0:
        return box.left
    if len(box.line.places) == len(box.text):
        return box.left + (box.line.places[at] - 0.25) * box.height
    return box.left + at / len(box.text) * (box.right - box.left)


def row_above(boxes: tuple[Box, ...], anchors: Anchors) -> list[Box]:
    """Sex and ethnicity: the row above the birth, from left to right."""
    near, far = (step * anchors.height for step in _NEXT_ROW)
    band = [box for box in boxes if near < anchors.birth_middle - box.middle < far and anchors.label_left - anchors.height < box.left]
    seed = max((box for box in band if _SEX.search(box.text)), key=lambda box: box.middle, default=None)
    if seed is None:
        expected = anchors.birth_middle - _ROW * anchors.height
        return sorted((box for box in band if abs(box.middle - expected) < 0.4 * anchors.height), key=lambda box: box.left)
    level = (box for box in band if abs(box.middle - seed.middle) < 0.45 * anchors.height and box.left < anchors.value_right)
    return sorted(level, key=lambda box: box.left)


def _ethnicity(row: list[Box], sex: Box | None) -> FieldRead | None:
    """One of the 56, the longest that fits, right of the sex."""
    text = "".join(box.text for box in row)
    after_sex = text[_SEX.search(text).end() :] if sex else _SEX_LABEL.sub("", text)
    after_label = _ETHNICITY_LABEL.sub("", without_mark(after_sex), count=1)
    found = next((name for name in ETHNICITIES if after_label.startswith(name)), None)
    found = found or next((name for name in ETHNICITIES if name in after_label), None)
    if found is None:
        return None
    return field_of(found, [box for box in row if found[-1] in box.text] or row)


def _name(boxes: tuple[Box, ...], anchors: Anchors, sex_row: list[Box]) -> FieldRead | None:
    """The row above the sex, two small lines where a long name is broken; without its label."""
    sex_middle = sex_row[0].middle if sex_row else anchors.birth_middle - _ROW * anchors.height
    pitch = anchors.birth_middle - sex_middle
    lines = _column(boxes, anchors, sex_middle - 1.7 * pitch, sex_middle - 0.45 * pitch)
    text = "".join(name_in(line_text(line)) for line in lines)
    name = todays_form(text.strip("·"))
    # a name that begins or ends with the dot goes on under something
    return field_of(name, [box for line in lines for box in line], doubtful=len(name) < 2 or name != text) if name else None


def line_of_name(text: str) -> str:
    """A line without the name's label and a specimen's mark, in the forms names are written in."""
    return as_in_names(without_mark(_NAME_LABEL.sub("", text)))


def name_in(text: str) -> str:
    """What of a line a name can hold."""
    return "".join(character for character in line_of_name(text) if CJK.match(character) or character == "·")


def _address(boxes: tuple[Box, ...], anchors: Anchors) -> FieldRead | None:
    """What lies between the birth and the number, line by line."""
    last = anchors.number or next((box for box in boxes if _NUMBER_LABEL in box.text), None)
    bottom = last.middle - 0.7 * anchors.height if last else anchors.birth_middle + _LOWEST_ADDRESS * anchors.height
    lines = _column(boxes, anchors, anchors.birth_middle + 0.7 * anchors.height, bottom)
    text = without_mark("".join(_ADDRESS_LABEL.sub("", line_text(line)) for line in lines))
    return field_of(text, [box for line in lines for box in line], doubtful=len(text) < 6) if text else None


def line_text(line: Sequence[Box]) -> str:
    """The text of boxes side by side."""
    return "".join(box.text for box in line)


def _column(boxes: tuple[Box, ...], anchors: Anchors, top: float, bottom: float) -> list[list[Box]]:
    """The lines of values between two heights: each begins in the column of values, or before it with its label."""
    within = [box for box in boxes if top < box.middle < bottom and _is_text(box) and box.left < anchors.value_right]
    starts = [box for box in within if _begins(box, anchors)]
    lines: list[list[Box]] = []
    for start in sorted(starts, key=lambda box: box.middle):
        if lines and start.middle - lines[-1][0].middle < _BELOW * min(start.height, lines[-1][0].height):
            continue  # beside or upon the last one, and not a line of its own
        lines.append(_followed(start, within))
    return lines


def _is_text(box: Box) -> bool:
    """It says something, is no label alone, and no watermark."""
    if _LABEL_ALONE.match(box.text) or _NUMBER_LABEL in box.text:
        return False
    return re.search(r"[\u3400-\u9fff\d]", without_mark(box.text)) is not None


def _begins(box: Box, anchors: Anchors) -> bool:
    labelled = _NAME_LABEL.match(box.text) or _ADDRESS_LABEL.match(box.text)
    if labelled and abs(box.left - anchors.label_left) < _COLUMN * anchors.height:
        return True
    return abs(box.left - anchors.value_left) < _COLUMN * anchors.height


def _followed(start: Box, within: list[Box]) -> list[Box]:
    """The line that begins with this box: boxes of like height on one level, without wide spaces."""
    line = [start]
    for box in sorted(within, key=lambda other: other.left):
        level = abs(box.middle - start.middle) < 0.35 * start.height and 0.6 < box.height / start.height < 1.5
        if level and box.left > line[-1].left and -0.5 * start.height < box.left - line[-1].right < _SPACE * start.height:
            line.append(box)
    return line


def _birth(row: tuple[Box, ...]) -> FieldRead | None:
    found = _BIRTH.search("".join(box.text for box in row))
    day = iso(found.groups()) if found else None
    return field_of(day, [box for box in row if re.search(r"\d", box.text)]) if day else None


def _id_number(box: Box | None) -> FieldRead | None:
    """As read: the check digit says whether it can be right, and never what would be."""
    if box is None:
        return None
    text = number_text(box)
    whole = len(text) == 18 and check_digit(text[:17]) == text[17]
    return field_of(text, [box], doubtful=not whole)
