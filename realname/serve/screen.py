"""What the person at the terminal sees."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_open = False


def say(text: str = "") -> None:
    """Print one line at once, also into a pipe, and also in the middle of a step."""
    global _open
    print(f"\n{text}" if _open else text, flush=True)
    _open = False


@contextmanager
def step(text: str) -> Iterator[None]:
    """Print `text … ok 0.9 s`, or `stopped` when the block raises."""
    global _open
    print(f"{text} … ", end="", flush=True)
    _open = True
    began = time.monotonic()
    try:
        yield
    except BaseException:
        _end("stopped", text)
        raise
    _end(f"ok {time.monotonic() - began:.1f} s", text)


def _end(result: str, text: str) -> None:
    """End the step's line, or say whose end it is where something else was said in between."""
    global _open
    print(result if _open else f"{text} … {result}", flush=True)
    _open = False


def tail(text: str, lines: int = 20) -> str:
    """The last lines of a log, indented."""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
