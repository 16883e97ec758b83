"""How an application was decided, in the person's words (R-29); told by the stage that decides, as it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from registration.models import Application


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision: `automatic` where no person took part; `compared` are the checks with how each ended, in words."""

    at: datetime
    outcome: str
    automatic: bool
    reasons: tuple[str, ...]
    compared: tuple[tuple[str, str], ...]


_sources: list[Callable[[Application], list[Explanation]]] = []


def set_explainer(source: Callable[[Application], list[Explanation]]) -> None:
    """Make known who can explain a decision."""
    _sources[:] = [source]


def explanations_of(application: Application) -> list[Explanation]:
    """Every decision on the application, oldest first."""
    return _sources[0](application) if _sources else []
