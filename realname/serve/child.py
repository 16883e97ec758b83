"""One process of the run: how it is started, seen to have ended, and stopped with everything below it."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Pauses before a process that ended by itself is started again; one that held out longer begins anew.
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0
OWNERS_ONLY = frozenset({"DATABASE_OWNER_URL"})


@dataclass(frozen=True)
class Spec:
    """A process to keep alive: `command` is an argument list, `env` is added to the run's environment."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    as_owner: bool = False


class Child:
    """A started process in a session of its own, so that a Ctrl-C at the terminal reaches the supervisor only."""

    def __init__(self, spec: Spec, *, log: Path | None, env: Mapping[str, str]) -> None:
        """`log` None means: it speaks on our own screen."""
        self.spec = spec
        self.log = log
        self.failures = 0
        self.restart_at: float | None = None
        # the owner's address is for migrations: what serves people must not hold it
        kept = {name: value for name, value in env.items() if name not in OWNERS_ONLY or spec.as_owner}
        self._env = {**kept, **spec.env}
        self.start()

    def start(self) -> None:
        """Start it (again)."""
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(self.log.open("ab")) if self.log else None
            self._process = subprocess.Popen(
                self.spec.command,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT if out else None,
                start_new_session=True,
            )
        self.started_at = time.monotonic()
        self.restart_at = None

    @property
    def pid(self) -> int:
        """Its process id, which is also that of its group."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit code once it has been seen to end; negative is the signal that killed it."""
        return self._process.returncode

    def has_ended(self) -> bool:
        """Whether it has ended. If so, what it started itself is killed too: nobody would watch over it."""
        if self._process.returncode is not None:
            return True
        if os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return False
        # not reaped yet, so the group's number can't have gone to somebody else
        self._kill_group()
        self._process.wait()
        return True

    def plan_restart(self) -> float:
        """Set when it is started again and answer the pause in seconds: doubled with each failure in a row."""
        if time.monotonic() - self.started_at > STEADY_S:
            self.failures = 0
        pause = min(FIRST_PAUSE_S * 2**self.failures, LONGEST_PAUSE_S)
        self.failures += 1
        self.restart_at = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the leader; web server and workers bring down their own children in order."""
        if not self.has_ended():
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and all it started, at once."""
        if not self.has_ended():
            self._kill_group()
            self._process.wait()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
