"""Fixtures shared by all tests: one screen."""

import os

import pytest
from django.core.management.commands import flush
from django.db import connections

pytest_plugins = ["tests.sandbox_process", "tests.smpp_process", "tests.harmful_decoder"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the command line; pytest asks only here for them."""
    parser.addoption(
        "--drill-size",
        type=int,
        default=0,
        help="people in each fault drill of tests/drills (30 are minutes); without it the drills are left out",
    )


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_trail_triggers():
    """Let the emptying of the test database after a transactional test pass the trail's append-only triggers.

    Only a superuser can do this; the program's own role can not (tests/realname/trail holds it to that).
    """
    original = flush.Command.handle

    def handle(self, **options):
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                return original(self, **options)
            finally:
                cursor.execute("SET session_replication_role = origin")

    flush.Command.handle = handle
    yield
    flush.Command.handle = original


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium; the test is skipped, saying how to get it, where there is none."""
    for path in (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"):
        if path and os.path.exists(path):  # noqa: PTH110
            return path
    pytest.skip("No Chromium on this machine: apt-get install chromium, or set CHROMIUM to its path.")
