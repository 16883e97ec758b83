"""The total limit holds against a peer that sends a little, always in time."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from realname.outside.deadline import DeadlineTransport, seconds_left, total_limit


@pytest.fixture
def dripping_headers() -> Iterator[str]:
    """A server that sends an endless header line, one byte every 50 ms."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                for _ in range(200):
                    connection.sendall(b"a")
                    time.sleep(0.05)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.join(5)
    listener.close()


def test_dripping_headers_do_not_outlast_the_total_limit(dripping_headers):
    """Each read comes in time, so httpx's own read timeout never strikes."""
    client = httpx.Client(transport=DeadlineTransport(connections=1), timeout=2)
    started = time.monotonic()

    with pytest.raises(httpx.TimeoutException), total_limit(0.5):
        client.get(dripping_headers)

    assert 0.4 < time.monotonic() - started < 1.0
    client.close()


def test_silence_does_not_outlast_the_total_limit_either():
    """A single read that would wait longer is cut short."""
    client = httpx.Client(transport=DeadlineTransport(connections=1), timeout=5)
    started = time.monotonic()

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(httpx.TimeoutException), total_limit(0.3):
        client.get(f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert 0.2 < time.monotonic() - started < 1.0
    client.close()


def test_the_limit_ends_with_its_block():
    with total_limit(5):
        assert 4 < seconds_left(99) <= 5
    assert seconds_left(99) == 99
