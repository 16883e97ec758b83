"""Numbers of the cards of soldiers and of the armed police (军官证, 士兵证, 警官证, …).

They are printed as a word of one to four characters for who issued them, 字第, digits, 号, such as 军字第1234567号 [K]. No standard of
theirs is public, so this only brings a number into one written form; whether it can be right, a person judges.
"""

import re

from django.utils.translation import gettext_lazy as _

from .characters import is_han
from .errors import InvalidInput
from .written import compact

MESSAGES = {"form": _("Please enter the number as it is printed, for example 军字第1234567号.")}
_PRINTED = re.compile(r"(?P<who>\D{1,4})字第?(?P<digits>[0-9]{4,10})号?")


class InvalidServiceCard(InvalidInput):
    """Not such a number; `code` is a key of MESSAGES."""

    messages = MESSAGES


def parse(text: str) -> str:
    """The number in its written form. Raises InvalidServiceCard."""
    found = _PRINTED.fullmatch(compact(text))
    if found is None or not all(is_han(char) for char in found["who"]):
        raise InvalidServiceCard("form")
    return f"{found['who']}字第{found['digits']}号"
