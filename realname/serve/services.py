"""The processes of the product on one machine."""

import os
import sys
from pathlib import Path

from realname.paths import REPO
from realname.serve.child import Spec

CELERY = (sys.executable, "-m", "celery", "-A", "realname.celery")
# Nothing asks who else is there; less talk on the queue.
QUIET = ("--without-mingle", "--without-gossip", "--loglevel", "INFO")


def sandbox(port: int, *, state: Path, site: str) -> Spec:
    """The stand-in for the identity authority and the gateways to phones; it reports to `site` how messages ended."""
    options = ("--port", str(port), "--state", str(state), "--receipts", f"{site}/gateways/receipts")
    return Spec("sandbox", (sys.executable, "-m", "sandbox", *options))


def smpp() -> list[Spec]:
    """The process that holds the SMPP session, where text messages go that way."""
    named = {name.strip() for name in os.environ.get("SMS_GATEWAY", "").split(",")}
    return [Spec("smpp", (sys.executable, str(REPO / "manage.py"), "smpp"))] if "smpp" in named else []


def web(port: int, *, host: str) -> Spec:
    """The web server: 2 processes of 4 threads; their heartbeats lie in memory, not on a slow disk."""
    workers = os.environ.get("WEB_PROCESSES", "2")
    threads = os.environ.get("WEB_THREADS", "4")
    options = ("--worker-class", "gthread", "--workers", workers, "--threads", threads, "--timeout", "60", "--graceful-timeout", "8")
    memory = ("--worker-tmp-dir", "/dev/shm") if os.access("/dev/shm", os.W_OK) else ()  # noqa: S108
    command = (sys.executable, "-m", "gunicorn", "realname.wsgi:application", "--bind", f"{host}:{port}", *options, *memory)
    return Spec("web", (*command, "--access-logfile", "-"))


def workers() -> list[Spec]:
    """One worker for the models, loaded once a process; one for what waits for others; one that is never kept waiting."""
    return [
        _worker("vision", "vision", os.environ.get("VISION_PROCESSES", "1")),
        _worker("sources", "sources,bulk", os.environ.get("SOURCES_PROCESSES", "2")),
        _worker("fast", "fast", os.environ.get("FAST_PROCESSES", "1")),
    ]


def beat(*, state: Path) -> Spec:
    """The clock of the sweeper and the trail's listeners."""
    return Spec("beat", (*CELERY, "beat", "--schedule", str(state), "--pidfile", "", "--loglevel", "INFO"))


def _worker(name: str, queues: str, processes: str) -> Spec:
    command = (*CELERY, "worker", "--queues", queues, "--concurrency", processes, "--hostname", f"{name}@%h", *QUIET)
    return Spec(f"worker-{name}", command)
