"""Finding a port nobody uses."""

import socket


class NoFreePort(Exception):
    """None of the ports tried was free."""


def free_port(wanted: int, *, host: str = "127.0.0.1", tries: int = 100) -> int:
    """The first free port from `wanted` on. Raises NoFreePort after `tries`."""
    for port in range(wanted, min(wanted + tries, 65536)):
        if is_free(port, host=host):
            return port
    raise NoFreePort(f"No free port on {host} from {wanted} on ({tries} tried).")


def is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        # closed connections linger on a port and are no hindrance; another listener is
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
