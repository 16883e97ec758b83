"""What is pretty about a number: a rule over its digits, without a database.

People in China choose numbers by their ending: repeated digits, pairs and rows are sought, 8 for wealth (发), and 4 avoided, since
it sounds like death (死).
"""

from realname.ids.phone import of_things
from registration.states import Pattern

ROWS = "0123456789", "9876543210"
# the three digits of the network are nobody's choice
SEGMENT = 3


def pattern_of(number: str) -> Pattern:
    """The class of a number's last four digits: 13900008888 -> EIGHTS, …2222 -> ALIKE, …1234 and …4321 -> RUN, …1122 -> PAIRS,
    …1212 -> TWICE, …5222 -> THREE, else PLAIN."""
    tail = number[-4:]
    a, b, c, d = tail
    found = (
        (tail == "8888", Pattern.EIGHTS),
        (len(set(tail)) == 1, Pattern.ALIKE),
        (any(tail in row for row in ROWS), Pattern.RUN),
        (a == b and c == d, Pattern.PAIRS),
        (a == c and b == d, Pattern.TWICE),
        (b == c == d, Pattern.THREE),
    )
    return next((pattern for fits, pattern in found if fits), Pattern.PLAIN)


def has_four(number: str) -> bool:
    """Is there a 4 behind the digits of the network?"""
    return "4" in number[SEGMENT:]


def facts_of(number: str) -> dict[str, object]:
    """What the inventory keeps of a number's digits, so that it can be searched by them."""
    return {
        "number": number,
        "mirrored": number[::-1],
        "pattern": pattern_of(number),
        "has_four": has_four(number),
        "of_things": of_things(number),
    }
