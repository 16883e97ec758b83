#!/usr/bin/env python
"""How long verification takes: submission to decision, with real workers. What the models take is measured by vision.py.

It works in a database of its own, which it drops, with a broker, workers and a sandbox authority of its own. Milliseconds depend
on the machine; what may be compared between machines is `overhead`: the way from submission to decision, as a multiple of the
work of its checks.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ["REALNAME_DEVELOPMENT"] = os.environ["REALNAME_AS_OWNER"] = os.environ["REALNAME_SANDBOX"] = "1"

WORKERS = ("vision", "fast", "beat")


def main() -> None:
    """Measure, print a table, one line each; lower is better but for applications/min."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, default=8, help="applications handed in side by side (default 8)")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["KEYRING_FILE"] = f"{folder}/keyring.json"
        os.environ["STORAGE_URL"] = f"file://{folder}/files"
        figures = _measure(Path(folder), options.applicants)
    for name, value in figures.items():
        print(f"{name:<52} {value:>12,.1f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


def _measure(folder: Path, applicants: int) -> dict[str, float]:
    from realname.embedded import use_embedded_servers

    use_embedded_servers()
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _pipeline(folder, applicants)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _pipeline(folder: Path, count: int) -> dict[str, float]:
    """Submission to decision: alone, then side by side."""
    from tests.pipeline.applicants import drafted, handed_in, submit, wait_for_end
    from tests.pipeline.broker import Broker, hints_go_to
    from tests.pipeline.workers import Workers
    from tests.sandbox_process import SandboxProcess

    broker, sandbox = Broker(folder / "broker"), SandboxProcess(folder / "sandbox")
    workers = Workers(folder, REDIS_URL=broker.url, **dict.fromkeys(("SANDBOX_URL", "SMS_GATEWAY_URL", "AUTHORITY_URL"), sandbox.url))
    try:
        with hints_go_to(broker.url):
            workers.start(*WORKERS)
            wait_for_end(handed_in(sandbox))  # loads the models
            alone = [_alone(wait_for_end(handed_in(sandbox))) for _ in range(3)]
            drafts = [drafted(sandbox) for _ in range(count)]
            started = time.perf_counter()
            for draft in drafts:
                submit(draft)
            for draft in drafts:
                wait_for_end(draft, seconds=300)
            together = time.perf_counter() - started
    finally:
        workers.stop()
        sandbox.stop()
        broker.stop()
    decided, work = (statistics.median(each) for each in zip(*alone, strict=True))
    return {
        "submission to decision, alone, ms": decided,
        "work of its checks, ms": work,
        "overhead, submission to decision / work": decided / work,
        f"{count} applications side by side, s": together,
        "applications/min": 60 * count / together,
    }


def _alone(application) -> tuple[float, float]:
    """Milliseconds from submission to decision, and of the work of its checks."""
    from verification.models import Check

    # not their `milliseconds`: the readings' were spent before the submission
    times = Check.objects.filter(application=application).values_list("started_at", "ended_at")
    work = sum((ended - started).total_seconds() * 1000 for started, ended in times)
    return (application.decided_at - application.submitted_at).total_seconds() * 1000, work


if __name__ == "__main__":
    main()
