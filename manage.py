#!/usr/bin/env python
"""Django's command line. Starts the embedded servers when no server is named in the environment."""

import os
import sys

from realname.embedded import use_embedded_servers

OWNER_COMMANDS = {"migrate", "flush", "sqlmigrate"}


def main() -> None:
    """Run one management command, as the schema's owner where the command alters the schema."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("REALNAME_AS_OWNER", "1")
    use_embedded_servers()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
