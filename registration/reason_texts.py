"""The person's texts of reason codes, the progress of checks and what they wait for, told by the floors above as they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from registration.models import Application


@dataclass(frozen=True)
class Wait:
    """An authority does not answer: by when it is asked again, and when a person decides at the latest."""

    next_try_at: datetime
    deadline_at: datetime


_texts: dict[str, Promise] = {}
_progress: list[Callable[[Application], tuple[int, int]]] = []
_waits: list[Callable[[Application], Wait | None]] = []


def register_texts(texts: Mapping[str, Promise]) -> None:
    """Make known what to say to a person for each reason code."""
    _texts.update(texts)


def text_for(code: str) -> str:
    """The person's text of a reason code, in the current language; nothing for an unknown one."""
    return str(_texts.get(code, ""))


def set_progress_source(source: Callable[[Application], tuple[int, int]]) -> None:
    """Make known who can say how many checks have ended, of how many."""
    _progress[:] = [source]


def progress_of(application: Application) -> tuple[int, int]:
    """Ended checks and all checks of the current round."""
    return _progress[0](application) if _progress else (0, 0)


def set_wait_source(source: Callable[[Application], Wait | None]) -> None:
    """Make known who can say whether the checks wait for an authority."""
    _waits[:] = [source]


def wait_of(application: Application) -> Wait | None:
    """What the checks of the current round wait for, if an authority does not answer."""
    return _waits[0](application) if _waits else None
