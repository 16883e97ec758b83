"""The embedded Valkey comes back where its clients look for it."""

import json
import os
import signal

import pytest
import redis

from realname.embedded import valkey


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder of the test's own, whose server is stopped after it."""
    monkeypatch.setenv("REALNAME_VAR", str(tmp_path))
    yield tmp_path
    valkey.stop()


def test_a_second_start_finds_the_first(var):
    assert valkey.start() == valkey.start()


def test_a_killed_server_comes_back_at_the_same_address(var):
    """Workers and web server hold the address; with another they would wait for ever."""
    url = valkey.start()
    client = redis.Redis.from_url(url)
    os.kill(json.loads((var / "valkey" / "server.json").read_text())["pid"], signal.SIGKILL)
    with pytest.raises(redis.ConnectionError):
        client.ping()

    assert valkey.start() == url
    assert client.ping()


def test_it_asks_for_a_password(var):
    """Other users of the machine share the loopback address."""
    port = redis.Redis.from_url(valkey.start()).connection_pool.connection_kwargs["port"]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port).ping()


def test_stop_ends_it(var):
    valkey.start()
    valkey.stop()
    assert not valkey.is_running()
