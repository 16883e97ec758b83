#!/usr/bin/env python
"""How long verification takes: submission to decision, with real workers. What the models take is measured by vision.py.

It works in a database of its own, which it drops, with a broker, workers and a sandbox authority of its own. Milliseconds depend
on the machine; what may be compared between machines is `overhead`: the share of the time from submission to decision in which
no model and no source was at work for an application. Side by side, where applications wait for each other's models, it is the
share of the whole time in which none was at work for any of them.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.database import own_database  # noqa: E402
from realname.paths import var_dir  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ["REALNAME_DEVELOPMENT"] = os.environ["REALNAME_AS_OWNER"] = os.environ["REALNAME_SANDBOX"] = "1"

ALONE = 7  # applications measured by themselves
WORKERS = ("vision", "fast", "beat")


def main() -> None:
    """Measure, print a table, one line each; lower is better but for applications/min."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, default=8, help="applications handed in side by side (default 8)")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # the broker is put into a folder of its own for a moment, and this one back into its place
        os.environ.setdefault("REALNAME_VAR", str(var_dir()))
        os.environ["KEYRING_FILE"] = f"{folder}/keyring.json"
        os.environ["STORAGE_URL"] = f"file://{folder}/files"
        figures = _measure(Path(folder), options.applicants)
    for name, value in figures.items():
        print(f"{name:<52} {value:>12,.1f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


def _measure(folder: Path, applicants: int) -> dict[str, float]:
    with own_database():
        return _pipeline(folder, applicants)


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
            wait_for_end(handed_in(sandbox), seconds=180)  # loads the models
            alone = [wait_for_end(handed_in(sandbox), seconds=180) for _ in range(ALONE)]
            drafts = [drafted(sandbox) for _ in range(count)]
            started = time.perf_counter()
            for draft in drafts:
                submit(draft)
            beside = [wait_for_end(draft, seconds=300) for draft in drafts]
            together = time.perf_counter() - started
    finally:
        workers.stop()
        sandbox.stop()
        broker.stop()
    shares = [overhead([application]) for application in alone]
    return {
        f"submission to decision, alone, ms (median of {ALONE})": statistics.median(map(_milliseconds, alone)),
        "overhead alone, % of it (median)": 100 * statistics.median(shares),
        "overhead alone, % of it (most)": 100 * max(shares),
        "  of it before the first model or source, ms (median)": statistics.median(_before(each) for each in alone),
        "  of it after the last one, ms (median)": statistics.median(_after(each) for each in alone),
        f"overhead of {count} side by side, % of the time": 100 * overhead(beside),
        f"{count} applications side by side, s": together,
        "applications/min": 60 * count / together,
    }


def overhead(applications: list) -> float:
    """The share of the time from the first submission to the last decision in which no model or source was at work for any: 0 to 1."""
    begin = min(application.submitted_at for application in applications)
    end = max(map(_decided, applications))
    busy, reached = 0.0, begin
    for started, ended in sorted(span for application in applications for span in _work(application)):
        started, ended = max(started, reached), min(ended, end)
        if ended > started:
            busy += (ended - started).total_seconds()
            reached = ended
    return 1 - busy / (end - begin).total_seconds()


def _work(application) -> list[tuple]:
    """When models and sources were at work: rules are the pipeline's own."""
    from verification.models import Check
    from verification.pipeline import FACT_OF, RUNNERS

    kinds = [kind for kind, runner in RUNNERS.items() if runner.queue == "vision" or kind in FACT_OF]
    checks = Check.objects.filter(application=application, kind__in=kinds, ended_at__isnull=False, milliseconds__gt=0)
    return [(check.ended_at - timedelta(milliseconds=check.milliseconds), check.ended_at) for check in checks]


def _before(application) -> float:
    return (min(started for started, _ in _work(application)) - application.submitted_at).total_seconds() * 1000


def _after(application) -> float:
    return (_decided(application) - max(ended for _, ended in _work(application))).total_seconds() * 1000


def _decided(application):
    """When the table judged: also where a reviewer goes on from there, as of films that look like each other."""
    from verification.models import Decision

    return Decision.objects.get(application=application, automatic=True).decided_at


def _milliseconds(application) -> float:
    return (_decided(application) - application.submitted_at).total_seconds() * 1000


if __name__ == "__main__":
    main()
