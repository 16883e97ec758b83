"""Whether what was read begins with a place of China, and with which (GB/T 2260, of today and of old)."""

import re
from datetime import date
from functools import cache

from realname.ids import regions

_COUNTY = re.compile(r"[\u3400-\u9fff]{2,14}?自治[县旗]|[\u3400-\u9fff]{1,3}[县区旗市]")
# what ends like a county and is none
_NO_COUNTY = ("小区", "社区", "园区", "新区", "开发区", "管理区", "校区", "厂区", "城区", "郊区", "超市")
_SHARE_MISREAD = 3  # one character in so many of a place's name


def is_place(text: str) -> bool:
    """Whether it begins with a province and one of its places, or with a city or county, and goes on with a county if one is named.

    The table of places lacks some new districts and all below a county, so a no is a reason to look and never more.
    """
    province, _city = regions.split_address(text)
    ways = [text[len(province) :]] if province.endswith(("省", "区")) else [text[len(province) :], text]
    return any(_goes_on_well(rest) for rest in ways)


def _goes_on_well(rest: str) -> bool:
    return any(_no_unknown_county(rest[len(name) :]) for name in _places_at(rest))


def _no_unknown_county(rest: str) -> bool:
    named = _COUNTY.match(rest)
    if named is None or named.group().endswith(_NO_COUNTY):
        return True
    return bool(_places_at(rest))


def is_nearly_the_place_of(number: str, address: str) -> bool:
    """Whether it begins with the place where the number was given, but for a character that makes no other place of it.

    People move, so another place is no contradiction; 峰城区 for 峄城区 is a misreading.
    """
    return any(_nearly(region.names, address) for region in _regions_of(number))


def places_of(number: str) -> list[str]:
    """The names of the place of its code in full, of the time of birth and of today."""
    return ["".join(region.names) for region in _regions_of(number) if region.listed]


def _regions_of(number: str) -> list[regions.Region]:
    found = (regions.lookup(number[:6], day) for day in (_birth_of(number), None))
    return [region for region in found if region is not None]


def _nearly(names: tuple[str, ...], address: str) -> bool:
    misread = []
    for name in names:
        if not address.startswith(name):
            misread.append(_misread(name, address))
        address = address[len(name) :]
    return bool(misread) and all(misread)


def _misread(name: str, seen: str) -> bool:
    """Whether it begins with that place's name but for one character in three, and with no place's."""
    off = sum(one != other for one, other in zip(name, seen, strict=False))
    return len(name) <= len(seen) and off <= len(name) // _SHARE_MISREAD and not _places_at(seen)


def _places_at(text: str) -> list[str]:
    """The names of places it begins with."""
    return [name for name in _by_beginning().get(text[:2], ()) if text.startswith(name)]


def _birth_of(number: str) -> date | None:
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None


@cache
def _by_beginning() -> dict[str, tuple[str, ...]]:
    """Names of places by their first two characters."""
    found: dict[str, list[str]] = {}
    for name in regions.place_names():
        found.setdefault(name[:2], []).append(name)
    return {beginning: tuple(names) for beginning, names in found.items()}
