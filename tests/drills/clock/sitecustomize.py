"""Read by every Python process whose PYTHONPATH names this folder: its wall clock follows the seconds in the file DRILL_CLOCK.

`time.time`, `datetime.now` and their kin jump, in workers, beat and web alike, also in processes forked later. The clocks that the
system keeps (`time.monotonic`, sleeps), Postgres and the broker do not.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

LOOKS_SECONDS = 0.2
_state: dict = {"offset": 0.0, "traveller": None}


def _follow() -> None:
    import time_machine

    while True:
        try:
            wanted = float(Path(os.environ["DRILL_CLOCK"]).read_text())
        except (OSError, ValueError):
            wanted = _state["offset"]
        if wanted != _state["offset"]:
            if _state["traveller"]:
                _state["traveller"].stop()
                _state["traveller"] = None
            if wanted:
                _state["traveller"] = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted))
                _state["traveller"].start()
            _state["offset"] = wanted
        time.sleep(LOOKS_SECONDS)


def _begin() -> None:
    threading.Thread(target=_follow, daemon=True).start()


if "DRILL_CLOCK" in os.environ:
    _begin()
    os.register_at_fork(after_in_child=_begin)
