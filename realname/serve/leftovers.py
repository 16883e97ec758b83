"""Ending what a killed run left behind.

Every process of a run, and all it starts itself, carries the run's random id in its environment.
So nothing else can be taken for ours, however process ids are reused.
"""

import contextlib
import os
from pathlib import Path

import psutil

RUN_ID = "REALNAME_RUN_ID"


def of_run(run_id: str) -> list[psutil.Process]:
    """The living processes of a run; those of other users can't be read and are not ours."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(RUN_ID) == run_id:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def end(run_id: str, *, rounds: int = 20) -> int:
    """Kill the living processes of a run and answer how many there were.

    Killed, not asked: the database is the truth, so nothing they were doing is lost.
    """
    ended: set[int] = set()
    for _ in range(rounds):
        # looked for again until there is none: one of them may just have started another
        processes = of_run(run_id)
        if not processes:
            break
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
                ended.add(process.pid)
        psutil.wait_procs(processes, timeout=1)
    return len(ended)


def remember(file: Path, run_id: str) -> None:
    """Note the run that starts now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(run_id)


def end_last_run(file: Path) -> int:
    """End what is left of the run noted last; answer how many processes that were."""
    try:
        run_id = file.read_text().strip()
    except FileNotFoundError:
        return 0
    ended = end(run_id) if run_id else 0
    file.unlink(missing_ok=True)
    return ended
