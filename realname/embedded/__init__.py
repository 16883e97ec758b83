"""Embedded servers: a real Postgres and a real Redis-protocol server from wheels, for machines that have neither."""

import os

from realname.embedded import postgres, valkey


def use_embedded_servers() -> None:
    """Start what the environment does not name, and name it there: `DATABASE_URL`, `DATABASE_OWNER_URL`, `REDIS_URL`."""
    if not os.environ.get("DATABASE_URL"):
        urls = postgres.start()
        os.environ["DATABASE_URL"] = urls.app
        os.environ["DATABASE_OWNER_URL"] = urls.owner
        os.environ["DATABASE_APP_ROLE"] = postgres.APP_ROLE
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = valkey.start()
