"""A checkout's own command line works with nothing set; a machine that names its servers is taken for nobody's development machine."""

import json
import os
import subprocess
import sys

import pytest

from realname.paths import REPO

OURS = ("REALNAME_", "DATABASE_", "REDIS_", "DJANGO_")


def engine(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    """`manage.py engine …` in an environment that names none of the product's settings but those given."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    command = [sys.executable, str(REPO / "manage.py"), "engine", *arguments]
    return subprocess.run(command, env={**environment, **settings}, capture_output=True, text=True, timeout=60, check=False)


def test_engine_commands_need_no_server_and_no_setting(tmp_path):
    done = engine("ocr", "no-such-file.jpg", REALNAME_VAR=str(tmp_path))

    assert json.loads(done.stdout) == {"path": "no-such-file.jpg", "status": "unreadable", "reason": "no_such_file"}
    assert done.returncode == 0
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("_case, arguments", [("no file", ["ocr"]), ("no act", []), ("unknown act", ["guess"])])
def test_wrong_usage_ends_with_two(_case, arguments, tmp_path):
    assert engine(*arguments, REALNAME_VAR=str(tmp_path)).returncode == 2


def test_a_machine_with_a_database_of_its_own_needs_a_secret(tmp_path):
    done = engine("ocr", "x.jpg", REALNAME_VAR=str(tmp_path), DATABASE_URL="postgresql://someone@db.example/prod")

    assert done.returncode != 0
    assert "REALNAME_SECRET_KEY is not set" in done.stderr
