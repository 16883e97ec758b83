"""`python -m realname.serve.guard RUN_ID`: waits for the supervisor's end, then ends whatever it left.

It reads a pipe whose other end only the supervisor holds, so even `kill -9` of the supervisor is noticed at once.
"""

import signal
import subprocess
import sys
from typing import TextIO

from realname import embedded
from realname.serve import leftovers


def start(run_id: str, *, lock: TextIO) -> subprocess.Popen:
    """Start the guard of this process. It holds the run's lock too, until all is tidy."""
    return subprocess.Popen(
        [sys.executable, "-m", "realname.serve.guard", run_id],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=[lock.fileno()],
    )


def main() -> None:
    """Wait for the end of standard input, then tidy up."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    sys.stdin.buffer.read()
    leftovers.end(sys.argv[1])
    # those never started, or stopped already, are passed over
    embedded.stop_embedded_servers()


if __name__ == "__main__":
    main()
