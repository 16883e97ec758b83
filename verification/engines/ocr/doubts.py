"""Which of the fields read can't be trusted: what says the card against itself, against the map of China, and what lies on it.

A doubt first has the field's lines read again with care; what is still doubted then is for a person. Nothing is corrected here.
"""

import re
from collections.abc import Mapping
from datetime import date

import numpy as np

from realname.ids.citizen_id import check_digit
from verification.engines.base import FieldRead, Side, TextLine
from verification.engines.ocr.agreement import SURE_ALONE, alone, both_read, is_broken, names_differ, passed_over
from verification.engines.ocr.places import is_nearly_the_place_of, is_place, places_of
from verification.engines.ocr.reads import LABEL, LONG_TERM, SURE

_MAY_HAVE_HOLES = ("name", "address", "authority")  # the others have a form of their own that a hole would break
_LISTED = 0.7  # confidence that is enough for one of 56 words, and for two dates that confirm each other
_LISTED_TWICE = 0.3  # the same for one of 56 words that both models read
_TERMS = (5, 10, 20)  # years a card is valid (Resident Identity Card Law, article 5)
# A house, a flat, a group have four digits at most as a rule; the quick model takes the 门 between two of them for a 7
_LONG_RUN = re.compile(r"\d{5}")
# What is counted without its number between two words of a house
_NO_NUMBER = re.compile(r"号[栋幢弄室]|[栋幢弄][门室层]|单元[室层]")
# Nothing else on the card confirms them: the least sure character that is enough
_SURE_UNCONFIRMED = {"name": 0.95, "authority": 0.95}
_ROOM_FOR_A_MARK = 0.3  # before a line's first digit, in heights of the line
_GAP = 0.6  # of a wide character's width: a narrow character that vanished leaves as much
_DIGIT_GAP = 1.6  # steps of the line's digits from one to the next; of 156 lines read rightly none had more than 1.52
_FEWEST = 3  # steps between wide characters that say how wide one is


def doubted(side: Side, fields: Mapping[str, FieldRead]) -> set[str]:
    """The names of fields that contradict each other, name no place, have numbers no address has, lack a character, or stand alone."""
    doubts = _front(fields) if side == "front" else _back(fields) if side == "back" else set()
    if "name" in fields and _is_doubtful_name(fields["name"]):
        doubts.add("name")
    doubts |= {name for name, enough in _SURE_UNCONFIRMED.items() if name in fields and fields[name].confidence < enough}
    return doubts | {name for name in _MAY_HAVE_HOLES if name in fields and (passed_over(fields[name]) or _has_hole(fields[name]))}


def confirmed(side: Side, fields: Mapping[str, FieldRead]) -> set[str]:
    """The names of fields that something else on the card says too, so that reading them unsurely is no doubt."""
    names: set[str] = set()
    doubts = doubted(side, fields)
    if side == "front" and "id_number" in fields and "id_number" not in doubts:
        names |= {"birth", "sex"} - doubts
    if "ethnicity" in fields and fields["ethnicity"].confidence >= (_LISTED_TWICE if both_read(fields["ethnicity"]) else _LISTED):
        names |= {"ethnicity"} - doubts
    if "valid_to" in fields and fields["valid_to"].text != LONG_TERM and fields["valid_to"].confidence >= _LISTED:
        names |= {"valid_from", "valid_to"} - doubts
    if "address" in fields and "id_number" in fields and "id_number" not in doubts:
        names |= {"address"} - doubts if _sure_but_for_its_place(fields["address"], fields["id_number"].text) else set()
    return names


def _sure_but_for_its_place(address: FieldRead, number: str) -> bool:
    """Whether it begins with the very place of which the number has the code, and the rest was read surely."""
    place = next((place for place in places_of(number) if address.text.startswith(place)), None)
    characters = [pair for line in address.lines for pair in zip(line.text, line.confidences, strict=False)]
    at = "".join(character for character, _sure in characters).find(address.text)
    rest = characters[at + len(place or "") : at + len(address.text)]
    return place is not None and at >= 0 and all(sure >= SURE for _character, sure in rest)


def _is_doubtful_name(read: FieldRead) -> bool:
    return names_differ(read) or is_broken(read) or (alone(read) and read.confidence < SURE_ALONE)


def _front(fields: Mapping[str, FieldRead]) -> set[str]:
    doubts: set[str] = set()
    number = fields["id_number"].text if "id_number" in fields else ""
    sound = len(number) == 18 and check_digit(number[:17]) == number[17]
    if not sound:
        doubts.add("id_number")
    if len(number) == 18:
        # which of two that disagree is wrong, a person sees
        if "birth" in fields and fields["birth"].text.replace("-", "") != number[6:14]:
            doubts |= {"birth", "id_number"}
        if "sex" in fields and (fields["sex"].text == "male") != (number[16] in "13579"):
            doubts |= {"sex", "id_number"}
    if "address" in fields:
        address = fields["address"].text
        if not is_place(address) or is_nearly_the_place_of(number, address) or _has_doubtful_numbers(fields["address"]):
            doubts.add("address")
    return doubts


def _has_doubtful_numbers(address: FieldRead) -> bool:
    lost = any(lost_a_mark(*pair) for pair in zip(address.lines, address.lines[1:], strict=False))
    return lost or any(pattern.search(address.text) for pattern in (_LONG_RUN, _NO_NUMBER))


def _back(fields: Mapping[str, FieldRead]) -> set[str]:
    doubts = {"authority"} if "authority" in fields and not is_place(fields["authority"].text.partition("公安")[0]) else set()
    if "valid_from" in fields and "valid_to" in fields and not _possible_term(fields["valid_from"].text, fields["valid_to"].text):
        doubts |= {"valid_from", "valid_to"}
    return doubts


def _possible_term(start: str, end: str) -> bool:
    """A card ends on the day it began, five, ten or twenty years later; from 29 February on the day before or after where there is none."""
    if end == LONG_TERM:
        return True
    begins, ends = date.fromisoformat(start), date.fromisoformat(end)
    if ends.year - begins.year not in _TERMS:
        return False
    if (begins.month, begins.day) == (2, 29):
        return (ends.month, ends.day) in ((2, 28), (2, 29), (3, 1))
    return (ends.month, ends.day) == (begins.month, begins.day)


def lost_a_mark(line: TextLine, following: TextLine) -> bool:
    """Whether a number goes on in the next line, and there is room before it: a hyphen that begins a line is easily missed."""
    if LABEL.match(line.text) or not (line.text[-1:].isdigit() and following.text[:1].isdigit()):
        return False
    edge, off = line.quad[1] - line.quad[0], following.quad[0] - line.quad[0]
    along = edge / max(float(np.linalg.norm(edge)), 1e-6)
    height = np.linalg.norm(following.quad[3] - following.quad[0])
    below = along[0] * off[1] - along[1] * off[0] > height / 2  # and not beside it on the same line
    return bool(below and off @ along > _ROOM_FOR_A_MARK * height)


def _has_hole(read: FieldRead) -> bool:
    return any(has_hole(line) for line in read.lines)


def has_hole(line: TextLine) -> bool:
    """Whether there is room for one more between two of its characters: what lies there was hidden, missed, or not known."""
    if len(line.text) != len(line.places):
        return False
    if _digits_stand_apart(line):
        return True
    wide = _width_of_a_wide_one(line)
    if wide is None:
        return False
    widths = np.array([wide * _advance(character) for character in line.text])
    room = np.diff(line.places) - (widths[1:] + widths[:-1]) / 2
    label = LABEL.match(line.text)  # it stands apart from its value
    return bool((room[label.end() - 1 if label else 0 :][bool(label) :] > _GAP * wide).any())


def _digits_stand_apart(line: TextLine) -> bool:
    """Whether two digits are further from each other than all others: a hyphen between them is easily missed."""
    pairs = zip(line.text, line.text[1:], line.places, line.places[1:], strict=False)
    steps = [after - before for one, other, before, after in pairs if one.isdigit() and other.isdigit()]
    return len(steps) >= _FEWEST and max(steps) > _DIGIT_GAP * float(np.median(steps))


def _width_of_a_wide_one(line: TextLine) -> float | None:
    steps = [
        after - before
        for one, other, before, after in zip(line.text, line.text[1:], line.places, line.places[1:], strict=False)
        if _advance(one) == _advance(other) == 1.0
    ]
    return float(np.median(steps)) if len(steps) >= _FEWEST else None


def _advance(character: str) -> float:
    """How wide it is printed, as a share of a Chinese character."""
    return 1.0 if character >= "\u2e80" or character == "·" else 0.56
