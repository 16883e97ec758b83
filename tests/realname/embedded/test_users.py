"""A command that starts the embedded servers leaves none behind, and takes none away from others."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from realname.embedded import postgres, stop_embedded_servers, valkey
from realname.paths import REPO, var_dir

pytestmark = pytest.mark.slow
OURS = ("REALNAME_", "DATABASE_", "REDIS_", "DJANGO_")


@pytest.fixture(scope="module")
def folder():
    """A folder of these tests' own (see test_postgres.py): a cluster is made once."""
    var_dir().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var_dir()) as folder:
        yield folder


@pytest.fixture
def var(folder, monkeypatch):
    """That folder, named in the environment; its servers are stopped after each test."""
    monkeypatch.setenv("REALNAME_VAR", folder)
    yield Path(folder)
    stop_embedded_servers()


def begin(var: Path, *command: str) -> subprocess.Popen:
    """Start a command that has no server named to it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"REALNAME_VAR": str(var)}
    return subprocess.Popen([sys.executable, *command], cwd=REPO, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def manage(var: Path, *arguments: str) -> int:
    """The exit status of a one-off command that needs a database."""
    return begin(var, "manage.py", *arguments).wait(timeout=60)


ASKING = ("shell", "--no-imports", "--command", "from django.db import connection; connection.ensure_connection()")


def test_what_a_command_started_it_stops(var):
    """Even one that fails."""
    assert manage(var, *ASKING) == 0
    assert not postgres.is_running()
    assert not valkey.is_running()
    assert manage(var, "no-such-command") == 1
    assert not postgres.is_running()


def test_what_ran_before_goes_on(var):
    """Started by hand, to stay."""
    assert begin(var, "-m", "realname.embedded", "start").wait(timeout=60) == 0
    assert manage(var, *ASKING) == 0
    assert postgres.is_running()
    assert valkey.is_running()


def test_nobody_loses_a_server_they_use(var):
    """The last one out stops what the first had started."""
    long = begin(var, "manage.py", "shell", "--no-imports", "--command", "import sys; sys.stdin.read()")
    until = time.monotonic() + 60
    while not (postgres.is_running() and valkey.is_running()):
        assert time.monotonic() < until, "the servers did not come up"
        time.sleep(0.1)
    assert manage(var, *ASKING) == 0
    assert postgres.is_running()
    long.communicate(timeout=60)
    assert not postgres.is_running()
    assert not valkey.is_running()
