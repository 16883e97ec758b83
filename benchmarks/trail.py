#!/usr/bin/env python
"""What the trail costs: writes against a plain table, and how fast it is verified.

Writes: eight processes, each `record()` in a transaction of its own, against the same INSERT into a table with the same
columns and indexes that is neither partitioned nor guarded. The two take turns in short rounds, so that whatever else the
machine does meets both. Goal: at most 1.15 times the time. Verification: `verify_trail` with two processes. Goal: at least
100,000 rows a second. It works in a database of its own, which it drops.
"""

import argparse
import json
import logging
import multiprocessing
import os
import statistics
import sys
import time
from pathlib import Path
from uuid import uuid4

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ.setdefault("REALNAME_DEVELOPMENT", "1")

DATABASE = "realname_benchmark_trail"
WRITE_GOAL, VERIFY_GOAL = 1.15, 100_000
EVENT = "benchmark.happened"


def main() -> int:
    """Run both measurements, print the table; 1 if a goal is missed."""
    options = _options()
    _own_database()
    try:
        writes = _measure_writes(options.writers, options.rounds, options.seconds)
        verify = _measure_verify(options.rows)
    finally:
        _drop_database()
    result = {"writes": writes, "verify": verify}
    _print(result)
    if options.json:
        Path(options.json).write_text(json.dumps(result, indent=2) + "\n")
    return 0 if writes["ratio"] <= WRITE_GOAL and verify["rows_per_second"] >= VERIFY_GOAL else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=30, help="rounds of each kind (default 30)")
    parser.add_argument("--seconds", type=float, default=0.5, help="length of a round (default 0.5)")
    parser.add_argument("--rows", type=int, default=500_000, help="sealed rows to verify (default 500,000)")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


# --- a database of its own -------------------------------------------------------------------------------------------


def _own_database() -> None:
    """Make an empty database beside the configured one and point Django at it."""
    from realname.embedded import use_embedded_servers

    os.environ["REALNAME_AS_OWNER"] = "1"
    use_embedded_servers()
    import django

    django.setup()
    logging.getLogger("realname.trail").setLevel(logging.WARNING)
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    _drop_database()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = DATABASE
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"{DATABASE}_{os.getpid()}"  # noqa: S108
    settings.TRAIL_ANCHOR_FILE = folder / "heads.log"
    settings.TRAIL_SIGNING_KEY_FILE = folder / "key.pem"
    settings.TRAIL_PUBLIC_KEYS_FILE = folder / "public.json"
    # the trail's tables alone, without what the other apps do after a migration
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("trail"))
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_TABLE)


def _drop_database() -> None:
    import psycopg2
    from django.db import connection

    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    connection.close()
    postgres = psycopg2.connect(**{**parameters, "dbname": "postgres"})
    postgres.autocommit = True
    with postgres.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    postgres.close()


PLAIN_TABLE = """
CREATE TABLE plain_event (
    id bigint GENERATED ALWAYS AS IDENTITY, txid bigint NOT NULL DEFAULT 0, at timestamptz NOT NULL DEFAULT now(),
    uid uuid NOT NULL, name text NOT NULL, actor_kind text NOT NULL, actor_id text NOT NULL, actor_name text NOT NULL,
    actor_role text NOT NULL, device text NOT NULL, ip text NOT NULL, subject_kind text NOT NULL, subject_id text NOT NULL,
    related_kind text NOT NULL, related_id text NOT NULL, person_id uuid, reason text NOT NULL, purpose text NOT NULL,
    data jsonb NOT NULL, before bytea, after bytea, correlation_id text NOT NULL, PRIMARY KEY (id, at));
CREATE INDEX ON plain_event (txid, id);
CREATE INDEX ON plain_event (subject_kind, subject_id, at);
CREATE INDEX ON plain_event (related_kind, related_id, at) WHERE related_kind <> '';
CREATE INDEX ON plain_event (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX ON plain_event (name, at);
"""


# --- writing ---------------------------------------------------------------------------------------------------------


def _write_trail(actor: object) -> None:
    from django.db import transaction

    from realname.trail import SubjectRef, record

    with transaction.atomic():
        record(
            EVENT,
            actor=actor,
            subject=SubjectRef("application", str(uuid4())),
            related=SubjectRef("line", str(uuid4())),
            person_id=uuid4(),
            reason="benchmark",
            data={"check": "face_match", "score": 0.71, "milliseconds": 312},
        )


def _write_plain(actor: object) -> None:
    from django.db import connection, transaction

    from realname.trail.record import INSERT

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            INSERT.replace("trail_event", "plain_event"),
            [
                uuid4(), EVENT, actor.kind, actor.id, actor.name, actor.role, actor.device, actor.ip, "application",
                str(uuid4()), "line", str(uuid4()), uuid4(), "benchmark", "",
                json.dumps({"check": "face_match", "score": 0.71, "milliseconds": 312}), None, None, "",
            ],
        )  # fmt: skip
        cursor.fetchone()


def _writer(pipe: "multiprocessing.connection.Connection", parameters: dict, seconds: float) -> None:
    """Answer each kind of write asked for with the number of rows written in `seconds`; None ends it."""
    import django

    django.setup()
    from django.db import connection

    from realname.access.actor import Actor
    from realname.trail import EventType, register

    register(EventType(EVENT, "Benchmark", "application"))
    connection.settings_dict.update(parameters)
    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid)
    actor = Actor(kind="staff", id=str(uuid4()), name="reviewer", role="reviewer", device="d" * 32, ip="192.0.2.7")
    kinds = {"trail": _write_trail, "plain": _write_plain}
    while kind := pipe.recv():
        write, rows, before, end = kinds[kind], 0, _cpu_seconds(backend), time.monotonic() + seconds
        while time.monotonic() < end:
            write(actor)
            rows += 1
        pipe.send((rows, _cpu_seconds(backend) - before))
    connection.close()


def _cpu_seconds(backend: psutil.Process) -> float:
    """Processor time of this writer and its Postgres backend together."""
    return sum(sum(process.cpu_times()[:2]) for process in (psutil.Process(), backend))


def _measure_writes(writers: int, rounds: int, seconds: float) -> dict:
    from django.db import connection

    context = multiprocessing.get_context("spawn")
    parameters = {"NAME": DATABASE}
    connection.close()
    pipes, processes = [], []
    for _ in range(writers):
        ours, theirs = context.Pipe()
        process = context.Process(target=_writer, args=(theirs, parameters, seconds), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    rates: dict[str, list[float]] = {"trail": [], "plain": []}
    work = {"trail": [0, 0.0], "plain": [0, 0.0]}
    for number in range(-2, rounds * 2):
        # trail, plain, plain, trail, …: neither is always the first after the other
        kind = ("trail", "plain", "plain", "trail")[number % 4]
        for pipe in pipes:
            pipe.send(kind)
        rows, cpu = (sum(column) for column in zip(*(pipe.recv() for pipe in pipes), strict=True))
        if number >= 0:
            rates[kind].append(rows / seconds)
            work[kind] = [work[kind][0] + rows, work[kind][1] + cpu]
    for pipe, process in zip(pipes, processes, strict=True):
        pipe.send(None)
        process.join(10)
    ratios = [plain / trail for plain, trail in zip(rates["plain"], rates["trail"], strict=True)]
    cost = {kind: cpu / rows * 1e6 for kind, (rows, cpu) in work.items()}
    return {
        "writers": writers, "rounds": rounds, "seconds_per_round": seconds,
        "trail_rows_per_second": statistics.median(rates["trail"]),
        "plain_rows_per_second": statistics.median(rates["plain"]),
        # each round against its neighbour in time, then the middle one: robust against what else the machine does
        "ratio": statistics.median(ratios), "ratio_quartiles": statistics.quantiles(ratios, n=4)[::2], "goal": WRITE_GOAL,
        "trail_cpu_microseconds": cost["trail"], "plain_cpu_microseconds": cost["plain"],
        "cpu_ratio": cost["trail"] / cost["plain"],
    }  # fmt: skip


# --- verifying -------------------------------------------------------------------------------------------------------

FILL = """
INSERT INTO trail_event (uid, name, actor_kind, actor_id, actor_name, actor_role, device, ip, subject_kind, subject_id,
    related_kind, related_id, person_id, reason, purpose, data, before, after, correlation_id)
SELECT gen_random_uuid(), 'check.completed', 'staff', gen_random_uuid()::text, 'reviewer', 'reviewer', repeat('d', 32), '192.0.2.7',
    'application', gen_random_uuid()::text, 'line', gen_random_uuid()::text, gen_random_uuid(), 'benchmark', '',
    jsonb_build_object('check', 'face_match', 'score', 0.71, 'number', n), NULL,
    CASE WHEN n %% 4 = 0 THEN decode(repeat('5a', 120), 'hex') END, md5(n::text)
FROM generate_series(1, %s) AS n
"""


def _measure_verify(rows: int) -> dict:
    from django.db import connection

    from realname.trail.seal import seal_trail
    from realname.trail.verify import verify_trail

    with connection.cursor() as cursor:
        for _ in range(10):
            cursor.execute(FILL, [rows // 10])
        cursor.execute("VACUUM ANALYZE trail_event")
    started = time.monotonic()
    seals = seal_trail()
    sealing = time.monotonic() - started
    reports = [verify_trail(processes=2) for _ in range(3)]
    if not all(report.sound for report in reports):
        raise SystemExit(f"The trail is not sound: {reports[0].faults[:3]}")
    seconds = statistics.median(report.seconds for report in reports)
    count = reports[0].rows
    return {
        "rows": count, "seals": seals, "seconds": seconds, "rows_per_second": count / seconds,
        "sealing_rows_per_second": count / sealing, "goal": VERIFY_GOAL,
    }  # fmt: skip


def _print(result: dict) -> None:
    writes, verify = result["writes"], result["verify"]
    print(f"{'measure':<44}{'value':>14}{'goal':>14}")
    print(f"{'record(), rows/s, ' + str(writes['writers']) + ' writers':<44}{writes['trail_rows_per_second']:>14,.0f}")
    print(f"{'plain INSERT, rows/s':<44}{writes['plain_rows_per_second']:>14,.0f}")
    print(f"{'cost of the trail (plain / trail)':<44}{writes['ratio']:>14.3f}{'≤ ' + str(WRITE_GOAL):>14}")
    print(f"{'record(), processor time per row, µs':<44}{writes['trail_cpu_microseconds']:>14,.0f}")
    print(f"{'plain INSERT, processor time per row, µs':<44}{writes['plain_cpu_microseconds']:>14,.0f}")
    print(f"{'the same as a ratio':<44}{writes['cpu_ratio']:>14.3f}")
    print(f"{'seal, rows/s, one process':<44}{verify['sealing_rows_per_second']:>14,.0f}")
    print(f"{'verify, rows/s, two processes':<44}{verify['rows_per_second']:>14,.0f}{f'≥ {VERIFY_GOAL:,}':>14}")
    print(f"{'verified rows':<44}{verify['rows']:>14,}")


if __name__ == "__main__":
    sys.exit(main())
