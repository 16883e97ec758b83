"""What the person at the terminal sees."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Print `text … ok 0.9 s`, or `failed` when the block raises."""
    print(f"{text} … ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"ok {time.monotonic() - began:.1f} s")


def tail(text: str, lines: int = 20) -> str:
    """The last lines of a log, indented."""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
