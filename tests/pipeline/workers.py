"""Real Celery workers on the test database, killed and started again at will."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from realname.celery import app
from realname.paths import REPO

SECONDS_TO_START = 60
# how the workers are split, as `realname/serve` splits them
GROUPS = {
    "vision": ("worker", "-Q", "vision", "-c", "1", "-n", "vision@%h"),
    "fast": ("worker", "-Q", "fast,sources,bulk", "-c", "3", "-n", "fast@%h"),
    "bulk": ("worker", "-Q", "bulk", "-c", "1", "-n", "bulk@%h"),
    "beat": ("beat",),
}
READY = {"beat": "beat: Starting"}


def database_url() -> str:
    """The test database, as the workers' `DATABASE_URL`."""
    settings = connection.settings_dict
    user, password, name = (quote(str(settings[part]), safe="") for part in ("USER", "PASSWORD", "NAME"))
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{user}:{password}@localhost{port}/{name}?host={quote(str(settings['HOST']), safe='')}"


class Workers:
    """Processes by the name of their group, each in a process group of its own, so that a kill takes the whole of it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self._folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "realname.settings",
            "DATABASE_URL": database_url(),
            "DATABASE_OWNER_URL": database_url(),
            "OMP_NUM_THREADS": "1",
            **environment,
        }
        self._running: dict[str, subprocess.Popen] = {}

    def start(self, *names: str, **environment: str) -> None:
        """Start groups, and wait until each says that it is ready. `environment` is for these alone."""
        for name in names:
            log = self._log(name)
            log.unlink(missing_ok=True)
            kind, *options = GROUPS[name]
            options += ["-s", str(self._folder / "beat")] if name == "beat" else ["--without-gossip", "--without-mingle"]
            with log.open("wb") as sink:
                self._running[name] = subprocess.Popen(
                    [sys.executable, "-m", "celery", "-A", "realname.celery", kind, "--loglevel", "INFO", *options],
                    cwd=REPO,
                    env=self.environment | environment,
                    stdout=sink,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        for name in names:
            self._await_ready(name)

    def _await_ready(self, name: str) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while READY.get(name, " ready.") not in self._log(name).read_text(errors="replace"):
            assert self._running[name].poll() is None and time.monotonic() < deadline, self.log(name)
            time.sleep(0.05)

    def kill(self, *names: str) -> None:
        """As kill -9 of the whole group does, or the machine going dark."""
        for name in names:
            process = self._running.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def children(self, name: str) -> list[int]:
        """The processes of a group that do the work."""
        main = self._running[name].pid
        return [int(child) for child in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def kill_children(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """As the kernel does where memory runs out, or native code at fault: the main process lives on."""
        children = self.children(name)
        assert children
        for child in children:
            os.kill(child, how)

    def pause(self, name: str) -> None:
        """Stop a group where it stands."""
        os.killpg(self._running[name].pid, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let a paused group go on."""
        os.killpg(self._running[name].pid, signal.SIGCONT)

    def ensure(self, *names: str) -> None:
        """Start those that do not run."""
        self.start(*(name for name in names if name not in self._running or self._running[name].poll() is not None))

    def are_idle(self) -> bool:
        """Has each running worker said that it is at work on nothing? The broker can't tell: `forget_the_dead` drops its notes."""
        workers = [f"{name}@{socket.gethostname()}" for name in self._running if name != "beat"]
        asked = app.control.inspect(destination=workers, limit=len(workers), timeout=2)
        at_work = asked.active() or {}
        return len(at_work) == len(workers) and not any(at_work.values())

    def stop(self) -> None:
        """End everything that was started."""
        for name in list(self._running):
            self.kill(name)

    def log(self, name: str) -> str:
        """The end of what a group said, for a failing test's message."""
        return self._log(name).read_text(errors="replace")[-4000:]

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"
