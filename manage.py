#!/usr/bin/env python
"""Django's command line. Starts the embedded servers when no server is named in the environment, and stops them."""

import importlib.util
import os
import sys
from pathlib import Path

OWNER_COMMANDS = {"migrate", "flush", "sqlmigrate", "trail strike"}
# these read files and models only
SERVERLESS_COMMANDS = {"engine", "models"}


def use_own_environment() -> None:
    """Go on in the checkout's virtual environment where this Python has no Django."""
    python = Path(__file__).with_name(".venv") / "bin" / "python"
    if importlib.util.find_spec("django") is None and python.exists():
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same command line, by the interpreter that has the libraries


def main() -> None:
    """Run one management command, as the schema's owner where the command alters the schema."""
    use_own_environment()
    from realname.embedded import do_without_servers, use_embedded_servers_for_a_command

    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    if command in OWNER_COMMANDS or " ".join(sys.argv[1:3]) in OWNER_COMMANDS:
        os.environ.setdefault("REALNAME_AS_OWNER", "1")
    if command in SERVERLESS_COMMANDS:
        do_without_servers()
    else:
        use_embedded_servers_for_a_command()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
