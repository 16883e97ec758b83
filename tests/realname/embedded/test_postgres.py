"""The embedded Postgres starts over whatever a killed run left in its folder."""

import os
import signal
import tempfile
from pathlib import Path

import psycopg2
import pytest

from realname.embedded import postgres
from realname.paths import var_dir

pytestmark = pytest.mark.slow


@pytest.fixture
def var(monkeypatch):
    """A folder of the test's own, whose server is stopped after it.

    Not below pytest's: each start of pytest closes that to other users, and as root the server runs as one.
    """
    var_dir().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var_dir()) as folder:
        monkeypatch.setenv("REALNAME_VAR", folder)
        yield Path(folder)
        postgres.stop()


def ask(url: str, statement: str) -> object:
    """The first value a statement answers."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_what_was_committed_outlives_a_kill(var):
    urls = postgres.start()
    ask(urls.owner, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(int((var / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    assert postgres.start() == urls
    assert ask(urls.owner, "SELECT number FROM kept") == 7


def test_a_cluster_whose_making_was_killed_is_made_again(var):
    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("18\n")
    (var / "postgres.unfinished").touch()
    assert ask(postgres.start().app, "SELECT 1") == 1
    assert not (var / "postgres.unfinished").exists()


def test_another_programs_process_is_not_taken_for_the_server(var):
    """After a restart of the machine the noted process id may be anybody's."""
    urls = postgres.start()
    postgres.stop()
    (var / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/postgres\n0\n5432\n{var}/postgres\n\n0 0\nready   \n")
    assert not postgres.is_running()
    assert postgres.start() == urls
    assert ask(urls.app, "SELECT 1") == 1


def test_the_programs_role_owns_nothing(var):
    urls = postgres.start()
    ask(urls.owner, "CREATE TABLE owned (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(urls.app, "DROP TABLE owned")


def test_a_cluster_that_is_being_made_is_no_running_server(var):
    """Its single process notes itself with a minus sign."""
    (var / "postgres").mkdir()
    (var / "postgres" / "postmaster.pid").write_text("-4711\n")
    assert not postgres.is_running()
