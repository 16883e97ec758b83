"""One run of the product: prepare, start, show, keep, stop."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from realname import embedded
from realname.embedded import postgres, valkey
from realname.paths import REPO, var_dir
from realname.serve import ports, schema, services
from realname.serve.child import Spec
from realname.serve.probe import answers
from realname.serve.screen import say, step
from realname.serve.supervisor import TICK_S, StartFailed, Supervisor

MANAGE = (sys.executable, str(REPO / "manage.py"))
WEB_PORT = 8000
SANDBOX_PORT = 8090
# Two shared cores need about 15 s for the web server's first answer; this is for a machine that is busy besides.
FIRST_ANSWER_S = 120
EMBEDDED_LOOK_S = 2.0


@dataclass(frozen=True)
class Options:
    """What was asked for: `demo` adds sandbox and applicants, `once` ends after them, `json` takes their table."""

    demo: bool = False
    once: bool = False
    json: Path | None = None
    host: str = "127.0.0.1"
    port: int = WEB_PORT


class Run:
    """The steps of one run, in order."""

    def __init__(self, supervisor: Supervisor, options: Options) -> None:
        self.supervisor = supervisor
        self.options = options
        self._embedded: list = []
        self._looked_at = 0.0

    def prepare(self) -> None:
        """Servers, translations, models, schema: each passed over quickly when it is there already."""
        with step("Starting Postgres"):
            if embedded.use_embedded_postgres():
                self._embedded.append(postgres)
        with step("Starting Valkey"):
            if embedded.use_embedded_valkey():
                self._embedded.append(valkey)
        with step("Compiling translations"):
            self.supervisor.must_run(Spec("compile-messages", (sys.executable, "-m", "realname.ui.compile_messages")))
        self._fetch_models()
        self._migrate()

    def start(self) -> None:
        """Every process, then wait until the site says it is healthy."""
        state = var_dir()
        port = _port("web", self.options.port, self.options.host)
        os.environ["BASE_URL"] = f"http://127.0.0.1:{port}"
        if self.options.demo:
            # the addresses in its messages are this machine's
            os.environ.setdefault("REALNAME_PUBLIC_URL", os.environ["BASE_URL"])
            self._start_sandbox(state / "sandbox")
        with step("Starting workers, scheduler and web server"):
            web = self.supervisor.keep(services.web(port, host=self.options.host))
            for spec in [*services.workers(), *services.smpp(), services.beat(state=state / "run" / "beat")]:
                self.supervisor.keep(spec)
            self.supervisor.wait_until(lambda: answers("127.0.0.1", port, "/healthz"), child=web, seconds=FIRST_ANSWER_S)
        say(f"Logs: {self.supervisor.log_dir}")

    def _start_sandbox(self, state: Path) -> None:
        port = _port("sandbox", SANDBOX_PORT, "127.0.0.1")
        os.environ["SANDBOX_URL"] = f"http://127.0.0.1:{port}"
        with step("Starting the sandbox authority"):
            sandbox = self.supervisor.keep(services.sandbox(port, state=state, site=os.environ["BASE_URL"]))
            self.supervisor.wait_until(lambda: not ports.is_free(port), child=sandbox, seconds=30)

    def show(self) -> int:
        """Take the demo's applicants through; answer 0 if each ended as expected."""
        extra = ("--json", str(self.options.json)) if self.options.json else ()
        # into a pipe or file nobody knows the width: one that holds the table
        width = {} if sys.stdout.isatty() else {"COLUMNS": os.environ.get("COLUMNS", "160")}
        return self.supervisor.run(Spec("demo", (sys.executable, "-m", "demo.run", *extra), width))

    def print_addresses(self) -> None:
        """Where to look, and who may sign in."""
        base = os.environ["BASE_URL"]
        say(f"\nPeople's site  {base}/\nStaff desk     {base}/admin/")
        if self.options.demo:
            say(f"Sandbox        {os.environ['SANDBOX_URL']}/\n")
            self.supervisor.run(Spec("demo-staff", (*MANAGE, "demo_staff")))
            self.supervisor.run(Spec("demo-shop", (sys.executable, "-m", "demo.shop")))
        say("\nCtrl-C stops everything.")

    def keep(self) -> None:
        """Watch over everything until somebody stops us."""
        while True:
            self.supervisor.tick()
            self._look_at_embedded()
            time.sleep(TICK_S)

    def _fetch_models(self) -> None:
        group = ("--group", "all" if self.options.demo else "models")
        with step("Checking models by SHA-256"):
            log = self.supervisor.log_dir / "models.log"
            complete = self.supervisor.run(Spec("models", (*MANAGE, "models", "verify", *group)), log=log) == 0
        if complete:
            return
        say("Fetching models (once):")
        if self.supervisor.run(Spec("models", (*MANAGE, "models", "fetch", *group))):
            raise StartFailed("The models could not be fetched and checked; nothing works without them. See the lines above.")

    def _migrate(self) -> None:
        stamp = var_dir() / "run" / "migrated"
        owner_url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
        if schema.is_current(stamp, owner_url):
            say("Database schema is up to date.")
            return
        with step("Migrating the database"):
            self.supervisor.must_run(Spec("migrate", (*MANAGE, "migrate", "--no-input"), {"REALNAME_AS_OWNER": "1"}, as_owner=True))
            schema.mark_current(stamp, owner_url)

    def _look_at_embedded(self) -> None:
        """Bring back an embedded server that died; its clients reconnect to the same address."""
        if time.monotonic() - self._looked_at < EMBEDDED_LOOK_S:
            return
        self._looked_at = time.monotonic()
        for server in self._embedded:
            if not server.is_running():
                name = server.__name__.rsplit(".", 1)[-1].capitalize()
                try:
                    with step(f"  {name} ended; starting it again"):
                        server.start()
                except RuntimeError as error:
                    # the next look tries again; those who need it wait
                    say(f"  {error}")


def _port(name: str, wanted: int, host: str) -> int:
    port = ports.free_port(wanted, host=host)
    if port != wanted:
        say(f"Port {wanted} is in use; {name} takes {port}.")
    return port
