"""A real sandbox process on a loopback port of its own, for tests that ask over real HTTP."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from realname.paths import REPO

SECONDS_TO_START = 20


class SandboxProcess:
    """Starts, stops and instructs a sandbox. `url` is where it listens; it stays the same over a restart, as do its `options`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._options = options
        self._port = 0
        self._control = httpx.Client(trust_env=False, timeout=10)
        self.start()

    def start(self, *options: str) -> None:
        """Start and wait until it says where it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--port", str(self._port), "--state", str(self.folder), *self._options, *options],
            cwd=REPO,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {
                "AUTHORITY_KEY": "sandbox-authority-key",
                "BUREAU_KEY": "sandbox-bureau-key",
                "OPERATORS_KEY": "sandbox-operators-key",
                "ENTERPRISES_KEY": "sandbox-enterprises-key",
                "SMS_GATEWAY_KEY": "sandbox-sms-key",
                "VOICE_GATEWAY_KEY": "",
                "RECEIPT_KEY": "",
            },
        )
        # ends with the line, or with the process; pytest's own timeout bounds it
        line = self.process.stdout.readline().strip()
        assert line.startswith("sandbox listening on "), f"The sandbox did not start: {line!r}"
        self.url = line.removeprefix("sandbox listening on ")
        self._port = int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.process.wait(SECONDS_TO_START)
        self.process.stdout.close()

    def stop(self) -> int:
        """As SIGTERM does; answers the exit code."""
        self.process.terminate()
        code = self.process.wait(SECONDS_TO_START)
        self.process.stdout.close()
        return code

    def add_identity(self, name: str, id_number: str, outcome: str = "", **more: object) -> None:
        """List a made-up person; `outcome` fixes what is answered about them. More: outcomes by service, phone, lines elsewhere."""
        self._send("POST", "/identities", {"name": name, "id_number": id_number, "outcome": outcome, **more})

    def charges(self, id_number: str) -> dict[str, int]:
        """How many questions about this ID number were charged, by service and act, like `bureau/phone`."""
        return self._send("GET", f"/charges?id_number={id_number}")

    def fault(self, service: str, kind: str, **options: int) -> None:
        """Switch a fault of a service (sandbox.faults.SERVICES) on; options: milliseconds, status, times."""
        self._send("PUT", "/faults", {service: {"kind": kind, **options}})

    def phone(self, phone: str, outcome: str) -> None:
        """How messages to a phone end: DELIVERED, SILENT or a cause."""
        self._send("POST", "/phones", {"phone": phone, "outcome": outcome})

    def good_weather(self) -> None:
        """Switch all faults off."""
        self._send("PUT", "/faults", {service: {"kind": "none"} for service in self._send("GET", "/faults")})

    def requests(self, service: str) -> int:
        """How many requests the service has had since the sandbox started."""
        return self._send("GET", "/faults")[service]["requests"]

    def inbox(self, phone: str) -> list[dict]:
        """Messages and calls to a phone, newest first."""
        return self._send("GET", f"/inbox?phone={phone}")["messages"]

    def _send(self, method: str, path: str, content: object = None):
        response = self._control.request(method, self.url + path, json=content)
        response.raise_for_status()
        return response.json()


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One sandbox for the whole run."""
    server = SandboxProcess(tmp_path_factory.mktemp("sandbox"))
    yield server
    server.stop()


@pytest.fixture
def sandbox(sandbox_server: SandboxProcess, settings) -> Iterator[SandboxProcess]:
    """The sandbox in good weather, with settings that point to it and breakers closed."""
    from realname.outside.clients import breaker_for

    settings.SANDBOX = True
    settings.SANDBOX_URL = settings.SMS_GATEWAY_URL = settings.VOICE_GATEWAY_URL = settings.AUTHORITY_URL = sandbox_server.url
    settings.BUREAU_URL = settings.OPERATORS_URL = sandbox_server.url
    settings.BUREAU_KEY, settings.OPERATORS_KEY = "sandbox-bureau-key", "sandbox-operators-key"
    settings.ENTERPRISES_URL, settings.ENTERPRISES_KEY = sandbox_server.url, "sandbox-enterprises-key"
    settings.AUTHORITY_KEY, settings.SMS_GATEWAY_KEY = "sandbox-authority-key", "sandbox-sms-key"
    settings.VOICE_GATEWAY_KEY = "sandbox-voice-key"
    sources = ("population_registry", "credit_bureau", "operator_exchange", "enterprise_registry", "sms_gateway", "voice_gateway")
    sandbox_server.good_weather()
    for source in sources:
        breaker_for(source).reset()
    yield sandbox_server
    sandbox_server.good_weather()
    for source in sources:
        breaker_for(source).reset()
