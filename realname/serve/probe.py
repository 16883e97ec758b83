"""`python -m realname.serve.probe [--live | --beat FILE]`: exit 0 if all is well. The containers' health check."""

import argparse
import http.client
import os
import sys
import time
from pathlib import Path

# The scheduler writes its state every three minutes.
BEAT_SILENCE_S = 600


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


def beats(state: Path) -> bool:
    """Whether the scheduler has written its state lately; the file's ending depends on the system's dbm."""
    written = [file.stat().st_mtime for file in state.parent.glob(f"{state.name}*")]
    return bool(written) and time.time() - max(written) < BEAT_SILENCE_S


def main() -> int:
    """Ask once."""
    parser = argparse.ArgumentParser(prog="python -m realname.serve.probe", description=__doc__)
    parser.add_argument("--live", action="store_true", help="ask only whether the process lives, not database and queue")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--beat", type=Path, metavar="FILE", help="ask whether the scheduler with this state file goes on")
    options = parser.parse_args()
    if options.beat:
        return 0 if beats(options.beat) else 1
    return 0 if answers("127.0.0.1", options.port, "/livez" if options.live else "/healthz") else 1


if __name__ == "__main__":
    sys.exit(main())
