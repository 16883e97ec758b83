"""The person's texts of reason codes and the progress of checks, told by the floors above as they start."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise

from registration.models import Application

_texts: dict[str, Promise] = {}
_progress: list[Callable[[Application], tuple[int, int]]] = []


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
