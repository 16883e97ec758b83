"""What two readings of one line say of each other: the quick model's, and the careful one's that took its place.

The careful model passes over a character it does not know, surely and without a sign, just as the quick one does; but seldom both
over the same one.
"""

from verification.engines.base import FieldRead, TextLine
from verification.engines.ocr.front import line_of_name, name_in
from verification.engines.ocr.reads import CJK, LABEL, todays_form, without_mark

# Of the least sure character. A character that only the careful model knows is confirmed by nothing; of 500 drawn ones that it does
# not know either, 30 were read as such a one at 0.9, 11 at 0.98.
SURE_ALONE = 0.98


def passed_over(read: FieldRead) -> bool:
    """Whether in one of its lines one model saw all that the other did, and something between that the other knows too."""
    return any(_is_part(careful, quick) or _is_part(quick, _without(careful, line.unshared)) for line, careful, quick in _pairs(read))


def both_read(read: FieldRead) -> bool:
    """Whether the quick model read the same word in one of its lines."""
    return any(read.text in line.text and read.text in line.quickly.text for line in _twice(read))


def names_differ(read: FieldRead) -> bool:
    """Whether the quick model saw another name: longer, or with another character where it knows the careful one's."""
    return any(_another_name(line) for line in _twice(read))


def _another_name(line: TextLine) -> bool:
    careful, quick = (todays_form(name_in(text)).replace("·", "") for text in (line.text, line.quickly.text))
    if LABEL.match(line.text):
        quick = quick[max(0, quick.find(careful[:1])) :]  # a label may be read in many ways
    return len(quick) > len(careful) or not _is_within(_without(careful, line.unshared), quick)


def is_broken(read: FieldRead) -> bool:
    """Whether between two of the name's characters stands what no name holds."""
    return any(name_in(line.text) not in line_of_name(line.text) for line in read.lines)


def alone(read: FieldRead) -> bool:
    """Whether it has a character that only the careful model knows."""
    return any(CJK.match(character) for line in read.lines for character in line.unshared if character in read.text)


def _twice(read: FieldRead) -> list[TextLine]:
    return [line for line in read.lines if line.quickly is not None]


def _pairs(read: FieldRead) -> list[tuple[TextLine, str, str]]:
    """Each line read twice, with what the careful and the quick model say of its value."""
    return [(line, _value(line.text), _value(line.quickly.text)) for line in _twice(read)]


def _value(text: str) -> str:
    """A line without its label, a specimen's mark, and what is taken for a stroke or a bracket; older forms in today's."""
    text = todays_form(LABEL.sub("", without_mark(text)))
    return "".join(character for character in text if character.isalnum() or character == "-")


def _is_part(short: str, long: str) -> bool:
    """Whether the other has all its characters and others after the first of them: a label before it may be read in many ways."""
    long = long[max(0, long.find(short[:2])) :]
    return len(short) < len(long) and _is_within(short, long)


def _is_within(short: str, long: str) -> bool:
    """Whether all its characters stand in the other in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _without(text: str, characters: frozenset[str]) -> str:
    return "".join(character for character in text if character not in characters)
