"""Ports in use are avoided."""

import socket

import pytest

from realname.serve import ports, run


@pytest.fixture
def taken():
    """A port somebody listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(taken):
    assert ports.free_port(taken) > taken


def test_passing_over_is_said(taken, capsys):
    got = run._port("web", taken, "127.0.0.1")
    assert capsys.readouterr().out == f"Port {taken} is in use; web takes {got}.\n"


def test_a_port_taken_on_every_address_is_taken_on_ours():
    with socket.socket() as server:
        server.bind(("", 0))
        server.listen()
        assert not ports.is_free(server.getsockname()[1])


def test_no_free_port_is_a_clear_refusal(taken):
    with pytest.raises(ports.NoFreePort, match=f"from {taken} on"):
        ports.free_port(taken, tries=1)
