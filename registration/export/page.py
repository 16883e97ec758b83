"""What `gather.py` found, as a page shows it: everything a label, and a sentence or more such things."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registration.export.words import word

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing: `text`, or what it is made of. `rows` is of several of a kind."""

    label: str
    text: str = ""
    parts: tuple["Shown", ...] = ()
    rows: tuple[tuple["Shown", ...], ...] = ()


def shown(name: str, value: Any) -> Shown:
    """A value of `gather` under its name."""
    label = word(name)
    if isinstance(value, dict):
        return Shown(label, parts=_parts(value)) if value else Shown(label, text=NOTHING)
    if isinstance(value, list | tuple) and any(isinstance(each, dict) for each in value):
        return Shown(label, rows=tuple(_parts(each) for each in value))
    return Shown(label, text=_text(value))


def _parts(values: dict[str, Any]) -> tuple[Shown, ...]:
    return tuple(shown(name, value) for name, value in values.items())


def _text(value: Any) -> str:
    match value:
        case None | "" | [] | ():
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
        case list() | tuple():
            return "; ".join(_text(each) for each in value)
    return str(value)
