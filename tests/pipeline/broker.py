"""A broker of the tests' own, that can be killed without disturbing anybody."""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import redis

from realname.celery import app
from realname.embedded import valkey
from realname.queue import Queue


class Broker:
    """The embedded server in a `var` folder of its own. `url` stays the same over a kill and a start."""

    def __init__(self, var: Path) -> None:
        self._var = var
        self.start()

    def start(self) -> None:
        """Start it, as the supervisor does when it is gone."""
        with self._own_var():
            self.url = valkey.start()
            self._pid = json.loads((valkey.folder() / "server.json").read_text())["pid"]

    def kill(self) -> None:
        """As kill -9 does: everything it held is gone."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def forget_the_dead(self) -> None:
        """Drop what killed workers had taken and not acknowledged: it would be delivered again after ten minutes."""
        with redis.Redis.from_url(self.url) as client:
            client.delete("unacked", "unacked_index")

    def is_idle(self) -> bool:
        """Does no message wait, and has every one that was taken been acknowledged?"""
        with redis.Redis.from_url(self.url) as client:
            return not client.hlen("unacked") and not any(client.llen(str(queue)) for queue in Queue)

    def stop(self) -> None:
        """End it."""
        with self._own_var():
            valkey.stop()

    @contextlib.contextmanager
    def _own_var(self) -> Iterator[None]:
        before = os.environ["REALNAME_VAR"]
        os.environ["REALNAME_VAR"] = str(self._var)
        try:
            yield
        finally:
            os.environ["REALNAME_VAR"] = before


@contextlib.contextmanager
def hints_go_to(url: str) -> Iterator[None]:
    """This process's own messages go to that broker: Celery reads this variable before its settings."""
    os.environ["CELERY_BROKER_URL"] = url
    _forget_connections()
    try:
        yield
    finally:
        del os.environ["CELERY_BROKER_URL"]
        _forget_connections()


def _forget_connections() -> None:
    if app._pool is not None:
        app._pool.force_close_all()
    app._pool = app.amqp._producer_pool = None
