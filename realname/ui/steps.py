"""The steps of a journey, as the progress bar shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `url` only where the person may go back to it."""

    name: str
    state: Literal["done", "current", "todo"]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """All steps, and the current one's number counted from 1."""

    steps: tuple[Step, ...]
    number: int

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def current(self) -> Step:
        """The step the person is at."""
        return self.steps[self.number - 1]


def progress(names: Sequence[str], *, number: int, urls: Sequence[str] = ()) -> Progress:
    """The progress at step `number` (from 1) of those named. `urls` are links to the steps already done, in order."""
    links = [*urls, *[""] * len(names)]
    steps = tuple(Step(name, _state(at, number), links[at - 1] if at < number else "") for at, name in enumerate(names, 1))
    return Progress(steps=steps, number=number)


def _state(at: int, number: int) -> Literal["done", "current", "todo"]:
    if at == number:
        return "current"
    return "done" if at < number else "todo"
