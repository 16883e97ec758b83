"""A supervisor with tiny children."""

import secrets
import sys
import time
from collections.abc import Callable

import pytest

from realname.serve import leftovers
from realname.serve.child import Spec
from realname.serve.supervisor import Supervisor


def sleeper(name: str = "sleeper", code: str = "import time; time.sleep(60)") -> Spec:
    """A child that does next to nothing."""
    return Spec(name, (sys.executable, "-c", code))


def eventually(question: Callable[[], object], *, seconds: float = 15) -> object:
    """Ask until the answer is truthy; answer it. Fails when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


@pytest.fixture
def run_id():
    """A run's id; whatever carries it is ended after the test."""
    value = secrets.token_hex(16)
    yield value
    leftovers.end(value)


@pytest.fixture
def supervisor(tmp_path, run_id):
    """A supervisor that logs into a folder of the test's own."""
    made = Supervisor(run_id=run_id, log_dir=tmp_path / "log")
    yield made
    made.hurry = True
    made.stop()
