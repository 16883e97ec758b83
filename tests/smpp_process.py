"""A real SMSC process on a loopback port of its own, written with another library than the client; and our process that binds to it."""

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from realname.paths import REPO
from registration.gateways.smpp.session import Account
from sandbox.state import State
from tests.pipeline.workers import database_url

SECONDS = 20


class SmscProcess:
    """Starts, stops and instructs an SMSC; `port` stays the same over a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def account(self) -> Account:
        """How to bind to it."""
        return Account(host="127.0.0.1", port=self.port, system_id="realname", password="secret", tls=False, source="10690000")

    def start(self) -> None:
        """Start and wait until it says where it listens."""
        command = [sys.executable, "-m", "sandbox.smpp", "--port", str(self.port), "--state", str(self.folder)]
        self.process = subprocess.Popen(command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._lines: queue.Queue[str] = queue.Queue()
        self.told: list[dict] = []
        threading.Thread(target=self._read, args=(self.process.stdout, self._lines), daemon=True).start()
        assert self._lines.get(timeout=SECONDS).startswith("sandbox smpp listening")

    def switch(self, **change: object) -> None:
        """Set a switch (sandbox/smpp.py), and wait until it holds."""
        self.process.stdin.write(json.dumps(change) + "\n")
        self.process.stdin.flush()
        while (line := self._lines.get(timeout=SECONDS).strip()) != "ok":
            self.told.append(json.loads(line))

    def wait_for(self, key: str) -> dict:
        """The next thing it tells that has this key."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            told = json.loads(self._lines.get(timeout=SECONDS))
            self.told.append(told)
            if key in told:
                return told
        raise AssertionError(f"The SMSC did not tell of {key!r}.")

    def inbox(self, phone: str) -> list[str]:
        """The texts a phone has received, newest first."""
        return [message["text"] for message in State(self.folder).messages(phone)]

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.process.wait(SECONDS)

    @staticmethod
    def _read(stream, lines: queue.Queue) -> None:
        for line in stream:
            lines.put(line)


class SmppProcess:
    """The process, started and ended at will."""

    def __init__(self, port: int) -> None:
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "realname.settings",
            "DATABASE_URL": database_url(),
            "SMS_GATEWAY": "smpp",
            "SMPP_HOST": "127.0.0.1",
            "SMPP_PORT": str(port),
            "SMPP_TLS": "no",
            "SMPP_PASSWORD": "secret",
        }
        self.running: list[subprocess.Popen] = []

    def start(self) -> subprocess.Popen:
        """One more process."""
        process = subprocess.Popen([sys.executable, "manage.py", "smpp"], cwd=REPO, env=self._environment, start_new_session=True)
        self.running.append(process)
        return process

    def stop(self) -> None:
        """All of them, as kill -9 does."""
        for process in self.running:
            process.kill()
            process.wait(SECONDS)


@pytest.fixture
def smsc(tmp_path: Path) -> Iterator[SmscProcess]:
    """An SMSC of this test's own."""
    server = SmscProcess(tmp_path)
    yield server
    server.kill()
