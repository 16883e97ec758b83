"""After `kill -9` of the supervisor nothing is left, and the next run goes on."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from realname.paths import REPO
from realname.serve import leftovers, lock

from .conftest import eventually

# A run with two idle children, prepared and watched over as the real one is.
RUN = """
import sys, time
from pathlib import Path
from realname.serve import guard, leftovers, lock
from realname.serve.child import Spec
from realname.serve.supervisor import Supervisor

folder, run_id, guarded = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "guarded"
held = lock.take(folder / "lock")
leftovers.remember(folder / "run_id", run_id)
if guarded:
    watcher = guard.start(run_id, lock=held)
supervisor = Supervisor(run_id=run_id, log_dir=folder / "log")
for name in ("one", "two"):
    supervisor.keep(Spec(name, (sys.executable, "-c", "import time; time.sleep(120)")))
print("ready", flush=True)
while True:
    supervisor.tick()
    time.sleep(0.1)
"""


@pytest.fixture
def start_run(tmp_path, run_id):
    """Start such a run in a process of its own and wait until its children live."""
    started = []

    def start(*, guarded: bool) -> subprocess.Popen:
        env = {**os.environ, "REALNAME_VAR": str(tmp_path), "PYTHONPATH": str(REPO)}
        command = [sys.executable, "-c", RUN, str(tmp_path), run_id, "guarded" if guarded else "alone"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_guard_ends_what_a_killed_supervisor_leaves(start_run, run_id):
    process = start_run(guarded=True)
    assert len(leftovers.of_run(run_id)) == 2

    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    eventually(lambda: leftovers.of_run(run_id) == [])


def test_the_next_run_waits_for_the_guard_and_takes_the_lock(start_run, tmp_path, run_id):
    process = start_run(guarded=True)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with lock.take(tmp_path / "lock", patience_s=20):
        assert leftovers.of_run(run_id) == []


def test_the_next_run_ends_leftovers_where_the_guard_was_killed_too(start_run, tmp_path, run_id):
    process = start_run(guarded=False)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert len(leftovers.of_run(run_id)) == 2

    assert leftovers.end_last_run(tmp_path / "run_id") == 2

    assert leftovers.of_run(run_id) == []
    assert leftovers.end_last_run(tmp_path / "run_id") == 0


def test_a_second_run_in_the_same_folder_is_refused_at_once(start_run, tmp_path):
    process = start_run(guarded=True)
    with pytest.raises(lock.AlreadyRunning) as refusal:
        lock.take(tmp_path / "lock")
    assert refusal.value.pid == process.pid


def test_an_innocent_process_is_never_taken_for_a_leftover(tmp_path, run_id):
    """Process ids are reused, command lines look alike: only the run's random id in the environment counts."""
    innocent = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        leftovers.remember(tmp_path / "run_id", run_id)
        assert leftovers.end_last_run(tmp_path / "run_id") == 0
        assert psutil.pid_exists(innocent.pid)
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_an_empty_note_ends_nothing(tmp_path):
    (tmp_path / "run_id").write_text("")
    assert leftovers.end_last_run(tmp_path / "run_id") == 0
