"""How long documents are issued for."""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# A card is made out for the age at the application, and issued within 90 days of it (Resident Identity Card Law, art. 12).
_MAKING = timedelta(days=90)

Fits = Callable[[date, date | None, date], bool]


def resident_card(begin: date, end: date | None, birth: date) -> bool:
    """Five years under 16, ten from 16 to 25, twenty from 26 to 45, long-term from 46 on (Resident Identity Card Law, art. 5)."""
    return any(_ends(begin, end, _resident_years(age_on(day, birth))) for day in (begin, begin - _MAKING))


def years(*terms: int) -> Fits:
    """One of so many years, to the day or the day before."""
    return lambda begin, end, birth: any(_ends(begin, end, term) for term in terms)


def months(count: int) -> Fits:
    """At most so many months."""

    def fits(begin: date, end: date | None, birth: date) -> bool:
        return end is not None and begin < end <= begin + relativedelta(months=count)

    return fits


def age_on(day: date, birth: date) -> int:
    """Completed years of life."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _resident_years(age: int) -> int | None:
    return 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else None


def _ends(begin: date, end: date | None, term: int | None) -> bool:
    if end is None or term is None:
        return end is None and term is None
    last = begin + relativedelta(years=term)
    return last - timedelta(days=1) <= end <= last
