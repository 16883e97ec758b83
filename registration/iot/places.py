"""Places of a use: codes of provinces and cities of GB/T 2260, and whether one of them holds the cell a network names."""

from collections.abc import Iterable

from realname.ids.regions import divisions

NATIONWIDE = "000000"
# what a network says of a cell that is not in the mainland
ABROAD = "abroad"
_NAMES_OF_ALL = ("全国", "nationwide", NATIONWIDE)


class UnknownPlace(ValueError):
    """No province or city of today has this name or code."""


def read_place(text: str) -> str:
    """The code of a province or city, by its code or its name in full, or NATIONWIDE. Raises UnknownPlace."""
    text = text.strip()
    if text.lower() in _NAMES_OF_ALL:
        return NATIONWIDE
    known = divisions()
    found = text if text in known else next((code for code, name in known.items() if name == text), "")
    if not found:
        raise UnknownPlace
    return found


def name_of(code: str) -> str:
    """As it is shown; the bare code of one that is no more."""
    return "全国" if code == NATIONWIDE else divisions().get(code, code)


def covers(places: Iterable[str], region: str) -> bool:
    """Does one of these places hold a region of six digits, or ABROAD?"""
    if region == ABROAD:
        return False
    return any(_holds(place, region) for place in places)


def provinces(places: Iterable[str]) -> int:
    """In how many provinces these are."""
    places = set(places)
    return sum(code.endswith("0000") for code in divisions()) if NATIONWIDE in places else len({place[:2] for place in places})


def _holds(place: str, region: str) -> bool:
    if place == NATIONWIDE:
        return f"{region[:2]}0000" in divisions()
    return region.startswith(place[:2] if place.endswith("0000") else place[:4])
