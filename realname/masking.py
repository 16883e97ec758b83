"""What of a personal value may be shown to somebody who has no purpose to see all of it (P-ALL-1).

Every function takes any text and never raises: masking is the last thing between a value and a screen. How much is kept:
- names: the first and the last character of a Chinese name of three or more, else the first; two initials of a Latin name;
- ID numbers: the first three and the last **two**. Three and four is common, but hides little from somebody who knows the birth
  date: some forty regions share three digits, and the check digit leaves one in eleven of them, so about four numbers. With
  two it is a hundred times as many;
- phone numbers: three and four, as on every Chinese bill, since people know their numbers by it;
- addresses: province and city, only if they are names of the public table; e-mail: one letter and the domain.
"""

import re

from realname.ids import phone as phones
from realname.ids.characters import is_han
from realname.ids.names import MIDDLE_DOT, fold
from realname.ids.regions import split_address

STAR = "*"
BETWEEN = frozenset({" ", MIDDLE_DOT})
# Longer values are cut, so that a mask neither floods a page nor tells the length of a text that is no name.
LONGEST_MASK = 30
DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?")


def mask_name(name: str) -> str:
    """张三 -> 张*, 张三丰 -> 张*丰, 买买提·吐尔逊 -> 买**·**逊, John Smith -> J*** S****. Shows two characters at most."""
    name = fold(name[:LONGEST_MASK])
    shown = _shown_of_name(name)
    return "".join(_show(char) if i in shown else char if char in BETWEEN else STAR for i, char in enumerate(name))


def _shown_of_name(name: str) -> set[int]:
    """Places that may be seen: two at most, and never all."""
    letters = [i for i, char in enumerate(name) if char not in BETWEEN]
    if any(is_han(char) for char in name):
        candidates = [letters[0], letters[-1]] if len(letters) > 2 else letters[:1]
    else:
        candidates = [i for i in letters if i == 0 or name[i - 1] == " "][:2]
    return set(candidates if len(candidates) < len(letters) else candidates[:1] if len(letters) > 1 else [])


def mask_id_number(number: str) -> str:
    """110101199003070038 -> 110*************38; a passport E12345678 -> E******78; under eight characters nothing is shown."""
    number = "".join(number.split())
    if len(number) >= 15:
        return _keep(number, head=3, tail=2)
    return _keep(number, head=1, tail=2) if len(number) >= 8 else STAR * len(number)


def mask_phone(phone: str) -> str:
    """13800138000 -> 138****8000, +86 and blanks left out. Under eleven characters the last two at most are shown."""
    number = phones.normalise(phone)
    if len(number) >= 11:
        return _keep(number, head=3, tail=4)
    return _keep(number, head=0, tail=2) if len(number) >= 6 else STAR * len(number)


def mask_address(address: str) -> str:
    """广东省深圳市南山区科苑路 -> 广东省深圳市******. The number of stars does not depend on the address."""
    address = "".join(address.split())
    return "".join(split_address(address)) + STAR * 6 if address else ""


def mask_email(email: str) -> str:
    """zhangsan@example.com -> z***@example.com. Without a well-formed domain nothing is shown."""
    local, at, domain = email.strip().rpartition("@")
    if not (at and DOMAIN.fullmatch(domain)):
        return STAR * 3 if email.strip() else ""
    return f"{_show(local[0]) if len(local) > 1 else ''}{STAR * 3}@{domain}"


def _keep(text: str, *, head: int, tail: int) -> str:
    text = text if len(text) <= LONGEST_MASK else text[:head] + STAR * (LONGEST_MASK - head - tail) + text[-tail:]
    shown = "".join(_show(char) for char in text)
    return shown[:head] + STAR * (len(text) - head - tail) + shown[len(text) - tail :]


def _show(char: str) -> str:
    # Nothing that could reorder or hide the text around it.
    return char if char.isalnum() else STAR
