"""Embedded servers: a real Postgres and a real Redis-protocol server from wheels, for machines that have neither."""

import os

from realname.embedded import postgres, valkey


def use_embedded_servers() -> None:
    """Start what the environment does not name, and name it there: `DATABASE_URL`, `DATABASE_OWNER_URL`, `REDIS_URL`."""
    use_embedded_postgres()
    use_embedded_valkey()


def use_embedded_postgres() -> bool:
    """Start Postgres unless `DATABASE_URL` names a server; answer whether the embedded one is in use."""
    if os.environ.get("DATABASE_URL"):
        return False
    urls = postgres.start()
    os.environ["DATABASE_URL"] = urls.app
    os.environ["DATABASE_OWNER_URL"] = urls.owner
    os.environ["DATABASE_APP_ROLE"] = postgres.APP_ROLE
    return True


def use_embedded_valkey() -> bool:
    """Start Valkey unless `REDIS_URL` names a server; answer whether the embedded one is in use."""
    if os.environ.get("REDIS_URL"):
        return False
    os.environ["REDIS_URL"] = valkey.start()
    return True


def stop_embedded_servers() -> None:
    """Stop those of this `var` folder that run."""
    valkey.stop()
    postgres.stop()
