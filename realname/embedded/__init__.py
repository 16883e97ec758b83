"""Embedded servers: a real Postgres and a real Redis-protocol server from wheels, for machines that have neither."""

import os

from realname.embedded import postgres, users, valkey

# refused at once, so that what claims to need no server is caught where it asks one
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none"
NO_REDIS = "redis://127.0.0.1:1/0"


def use_embedded_servers() -> None:
    """Start what the environment does not name, and name it there: `DATABASE_URL`, `DATABASE_OWNER_URL`, `REDIS_URL`."""
    _assume_development()
    use_embedded_postgres()
    use_embedded_valkey()


def use_embedded_servers_for_a_command() -> None:
    """As `use_embedded_servers`; what had to be started is stopped as the process ends, unless somebody else uses it by then."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        _assume_development()
        return
    users.hold()
    before = users.running()
    use_embedded_servers()
    users.stop_at_exit(users.running() - before)


def do_without_servers() -> None:
    """Let Django start where nothing is to be asked of a server."""
    _assume_development()
    os.environ.setdefault("DATABASE_URL", NO_DATABASE)
    os.environ.setdefault("REDIS_URL", NO_REDIS)


def _assume_development() -> None:
    """A machine that names neither a database nor a secret is somebody's own checkout: it makes its keys itself."""
    if not os.environ.get("DATABASE_URL") and not os.environ.get("REALNAME_SECRET_KEY"):
        os.environ.setdefault("REALNAME_DEVELOPMENT", "1")


def use_embedded_postgres() -> bool:
    """Start Postgres unless `DATABASE_URL` names a server; answer whether the embedded one is in use."""
    if os.environ.get("DATABASE_URL"):
        return False
    users.hold()
    urls = postgres.start()
    os.environ["DATABASE_URL"] = urls.app
    os.environ["DATABASE_OWNER_URL"] = urls.owner
    os.environ["DATABASE_APP_ROLE"] = postgres.APP_ROLE
    return True


def use_embedded_valkey() -> bool:
    """Start Valkey unless `REDIS_URL` names a server; answer whether the embedded one is in use."""
    if os.environ.get("REDIS_URL"):
        return False
    users.hold()
    os.environ["REDIS_URL"] = valkey.start()
    return True


def stop_embedded_servers() -> None:
    """Stop those of this `var` folder that run."""
    valkey.stop()
    postgres.stop()
