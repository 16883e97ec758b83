"""What the floors above know of an organisation, told to the reviewer who judges it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from registration.models import Organisation


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding about an organisation as it stands, or as a correction of it would have it.

    `tone` colours its badge: good, warn, bad or info. `ask_url`, where there is one, is where it can be asked again (POST).
    """

    title: Promise
    finding: Promise | str
    advice: Promise | str
    tone: str
    at: datetime | None = None
    ask_url: str = ""


_sources: list[Callable[[Organisation], list[Evidence]]] = []


def set_evidence_source(source: Callable[[Organisation], list[Evidence]]) -> None:
    """Make known who can say more of an organisation."""
    _sources[:] = [source]


def evidence_of(organisation: Organisation) -> list[Evidence]:
    """All findings; none where nobody knows more."""
    return [finding for source in _sources for finding in source(organisation)]
