"""What a person may do with a line of theirs, hung into “My lines” by the floors that can do it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from registration.models import Line


@dataclass(frozen=True, slots=True)
class LineAct:
    """`url` is a URL name that takes `line_id`; `may` says whether it can be done with this line now."""

    label: Promise
    url: str
    may: Callable[[Line], bool]


_acts: list[LineAct] = []
_corrections: list[tuple[Promise, str]] = []


def hang_line_act(act: LineAct) -> None:
    """Offer an act on “My lines”, in the order of hanging."""
    _acts.append(act)


def acts_of(line: Line) -> list[dict]:
    """The acts of this line, with their addresses."""
    return [{"label": act.label, "url": reverse(act.url, kwargs={"line_id": line.pk})} for act in _acts if act.may(line)]


def hang_correction(label: Promise, url: str) -> None:
    """Offer a way to change data, by URL name, on the page of the right to correction: for the stage that changes records."""
    _corrections.append((label, url))


def corrections() -> list[dict]:
    """The ways there are."""
    return [{"label": label, "url": reverse(url)} for label, url in _corrections]
