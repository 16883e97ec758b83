"""`python -m realname.serve.probe [--live]`: exit 0 if the web server answers well. The container's health check."""

import argparse
import http.client
import os
import sys


def answers(host: str, port: int, path: str, *, timeout_s: float = 5) -> bool:
    """Whether `path` answers 200. Speaks straight to the server: no proxy of the environment is asked."""
    # the name the site is known by: it answers to no other
    name = os.environ.get("REALNAME_HOSTS", "").split(",")[0].strip().lstrip(".") or host
    connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    try:
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    """Ask once."""
    parser = argparse.ArgumentParser(prog="python -m realname.serve.probe", description=__doc__)
    parser.add_argument("--live", action="store_true", help="ask only whether the process lives, not database and queue")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    return 0 if answers("127.0.0.1", options.port, "/livez" if options.live else "/healthz") else 1


if __name__ == "__main__":
    sys.exit(main())
