"""Keeping the run's processes alive, and ending them."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from realname.serve.child import Child, Spec
from realname.serve.leftovers import RUN_ID
from realname.serve.screen import say, step, tail

# How long a process may take to end by itself: a worker finishes its task or leaves it to the sweeper.
GRACE_S = 10.0
TICK_S = 0.2
# At a start, a log past this many bytes is put aside; the one put aside before goes.
LARGEST_LOG = 10 * 1024 * 1024
# A process that ends this often in a row while we wait for the first answer will not come up.
HOPELESS_AFTER = 3


class StartFailed(Exception):
    """The product did not come up; the message says which process and shows its log."""


class Supervisor:
    """Holds the children of one run. Single-threaded: `tick` is called by whoever waits."""

    def __init__(self, *, run_id: str, log_dir: Path) -> None:
        self.log_dir = log_dir
        self.children: list[Child] = []
        # a stop has been asked for; and asked for again
        self.stopping = False
        self.hurry = False
        self._run_id = run_id
        log_dir.mkdir(parents=True, exist_ok=True)

    def keep(self, spec: Spec) -> Child:
        """Start a process that is started again whenever it ends."""
        log = self.log_dir / f"{spec.name}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        child = Child(spec, log=log, env=self._env())
        self.children.append(child)
        return child

    def run(self, spec: Spec, *, log: Path | None = None) -> int:
        """Run a process to its end, on our screen or into `log`, watching over the others meanwhile; answer its exit code."""
        child = Child(spec, log=log, env=self._env())
        try:
            while not child.has_ended():
                self.tick()
                time.sleep(TICK_S)
        finally:
            child.ask_to_stop()
            wait_for([child], seconds=3)
            child.kill()
        return child.returncode

    def tick(self) -> None:
        """Look at every child once: note the ended, start again those whose pause is over."""
        for child in self.children:
            if child.restart_at is not None:
                if time.monotonic() >= child.restart_at:
                    child.start()
            elif child.has_ended():
                pause = child.plan_restart()
                say(f"  {child.spec.name} ended ({_how(child.returncode)}); starting it again in {pause:g} s. Log: {child.log}")

    def must_run(self, spec: Spec) -> None:
        """Run a process of the set-up into its log. Raises StartFailed with the log's end when it fails."""
        log = self.log_dir / f"{spec.name}.log"
        log.unlink(missing_ok=True)
        code = self.run(spec, log=log)
        if code:
            raise StartFailed(f"{spec.name} failed ({_how(code)}). The end of {log}:\n{tail(log.read_text(errors='replace'))}")

    def wait_until(self, ready: Callable[[], bool], *, child: Child, seconds: float) -> None:
        """Wait until `ready()`. Raises StartFailed when `child` keeps ending or the time is over."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.tick()
            if child.failures >= HOPELESS_AFTER or time.monotonic() > deadline:
                why = "keeps ending" if child.failures else f"did not answer within {seconds:g} s"
                raise StartFailed(f"{child.spec.name} {why}. The end of {child.log}:\n{tail(child.log.read_text(errors='replace'))}")
            time.sleep(TICK_S)

    def stop(self) -> None:
        """End all children, the last started first; whoever does not end in time is killed. Repeatable."""
        alive = [child for child in reversed(self.children) if not child.has_ended()]
        if not alive:
            return
        with step(f"Stopping {', '.join(child.spec.name for child in alive)}"):
            for child in alive:
                child.ask_to_stop()
            wait_for(alive, seconds=GRACE_S, hurry=lambda: self.hurry)
            for child in alive:
                child.kill()

    def _env(self) -> dict[str, str]:
        return {**os.environ, RUN_ID: self._run_id}


def wait_for(children: list[Child], *, seconds: float, hurry: Callable[[], bool] = lambda: False) -> None:
    """Wait until all have ended, the time is over, or somebody is in a hurry."""
    deadline = time.monotonic() + seconds
    while not all([child.has_ended() for child in children]) and time.monotonic() < deadline and not hurry():
        time.sleep(0.05)


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"
