"""The supervisor starts, watches over and stops (issue: two commands on a fresh machine)."""

import os
import signal
import sys

import psutil
import pytest

from realname.serve import leftovers
from realname.serve.child import FIRST_PAUSE_S, LONGEST_PAUSE_S, Spec
from realname.serve.supervisor import StartFailed

from .conftest import eventually, sleeper


def test_a_started_child_lives_in_a_session_of_its_own(supervisor):
    """A Ctrl-C at the terminal must reach the supervisor only, which then stops its children in order."""
    child = supervisor.keep(sleeper())
    assert psutil.pid_exists(child.pid)
    assert os.getsid(child.pid) == child.pid


def test_a_killed_child_is_started_again_and_said(supervisor, capsys):
    child = supervisor.keep(sleeper())
    first = child.pid
    os.kill(first, signal.SIGKILL)

    eventually(lambda: (supervisor.tick(), child.pid != first)[1])

    assert not child.has_ended()
    assert "sleeper ended (signal 9); starting it again in 0.5 s" in capsys.readouterr().out


def test_a_child_that_keeps_ending_is_started_at_growing_intervals(supervisor):
    child = supervisor.keep(sleeper(code="raise SystemExit(3)"))
    eventually(child.has_ended)
    pauses = [child.plan_restart() for _ in range(9)]
    assert pauses[:3] == [FIRST_PAUSE_S, 2 * FIRST_PAUSE_S, 4 * FIRST_PAUSE_S]
    assert pauses[-1] == LONGEST_PAUSE_S


def test_a_dead_leaders_own_children_are_ended_with_it(supervisor, run_id):
    """A worker killed by `kill -9` leaves its pool; two pools would work side by side."""
    code = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    child = supervisor.keep(sleeper(code=code))
    eventually(lambda: len(leftovers.of_run(run_id)) == 2)

    os.kill(child.pid, signal.SIGKILL)
    eventually(child.has_ended)

    eventually(lambda: leftovers.of_run(run_id) == [])


def test_stop_ends_all_and_kills_who_does_not_listen(supervisor, run_id, monkeypatch):
    monkeypatch.setattr("realname.serve.supervisor.GRACE_S", 0.5)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    children = [supervisor.keep(sleeper("polite")), supervisor.keep(sleeper("deaf", deaf))]
    eventually(lambda: "deaf" in children[1].log.read_text())

    supervisor.stop()

    assert [child.returncode for child in children] == [-signal.SIGTERM, -signal.SIGKILL]
    assert leftovers.of_run(run_id) == []


def test_a_hurry_does_not_wait_for_the_deaf(supervisor):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = supervisor.keep(sleeper("deaf", deaf))
    eventually(lambda: "deaf" in child.log.read_text())
    supervisor.hurry = True
    supervisor.stop()
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("code", [0, 1, 7])
def test_run_answers_the_exit_code(supervisor, code):
    assert supervisor.run(sleeper(code=f"raise SystemExit({code})")) == code


def test_others_are_watched_over_while_one_runs_to_its_end(supervisor):
    child = supervisor.keep(sleeper())
    first = child.pid
    os.kill(first, signal.SIGKILL)
    supervisor.run(sleeper("walk", "import time; time.sleep(2)"))
    assert child.pid != first


def test_waiting_for_a_child_that_keeps_ending_fails_with_the_end_of_its_log(supervisor):
    child = supervisor.keep(sleeper("web", "print('no such table'); raise SystemExit(1)"))
    with pytest.raises(StartFailed, match="(?s)web keeps ending.*no such table"):
        supervisor.wait_until(lambda: False, child=child, seconds=30)


def test_a_failed_set_up_step_shows_its_log(supervisor):
    with pytest.raises(StartFailed, match=r"(?s)migrate failed \(exit code 2\).*no disk"):
        supervisor.must_run(sleeper("migrate", "print('no disk'); raise SystemExit(2)"))


def test_a_child_gets_its_own_environment_added(supervisor, tmp_path):
    out = tmp_path / "out"
    code = f"import os, pathlib; pathlib.Path({str(out)!r}).write_text(os.environ['COLOUR'])"
    supervisor.run(Spec("env", (sys.executable, "-c", code), {"COLOUR": "red"}))
    assert out.read_text() == "red"
