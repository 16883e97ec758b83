#!/usr/bin/env python
"""What a list of 10,000 people costs, half of whose rows are bad: reading it, looking at it, taking it over and inviting, each against
the bare thing in the same run.

The bare thing of reading is `csv.reader`, and the readers of workbooks alone (calamine, openpyxl); of taking over, `csv.reader` and one
`bulk_create` of every row into a plain table, judged by nobody and encrypted by nothing; of inviting, one UPDATE of as many rows of that
table and one `bulk_create` of as many messages. Ours reads within bounds, judges, encrypts the three fields of each good row, keeps an
index of its phone and one of its person, writes an event for each invitation, puts each message down and sends for it, and does so in
short transactions, so that a cancellation, the trail's sealer and a kill find it between two rows.

In turns, medians of the rounds. Memory is the peak of resident memory above what was there before, in a round of its own; in that round
another connection watches how long any transaction is open. Ratios may be compared between machines, seconds may not.
"""

import argparse
import csv
import ctypes
import gc
import io
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ["REALNAME_DEVELOPMENT"] = os.environ["REALNAME_AS_OWNER"] = "1"

# every second row is bad, in turns by its name, its ID number (check digit) and its phone number
FAULTS = ((0, ""), (1, "110101199003070135"), (2, "12345"))
PAIRS = (
    ("read CSV", "csv.reader"), ("read workbook", "calamine"), ("read workbook", "openpyxl"), ("preview", "csv.reader"),
    ("take over", "bare take over"), ("invite", "bare invite"),
)  # fmt: skip
# The figures that are judged, each with what it may be at most.
GOALS = {
    # a clerk's attention lasts ten seconds without a sign (Nielsen, Usability Engineering, 1993, ch. 5); a page has a tenth of it
    "preview, s": 1.0,
    # the bounds are held by a second reading of the XML (registration/bulk/workbook.py)
    "read workbook / openpyxl": 1.0,
    # three ciphertexts and two keyed digests stand where the bare row has three texts
    "take over / bare take over": 5.0,
    # an event, a message to the broker and their index entries stand beside each of the two bare rows
    "invite / bare invite": 10.0,
    # the trail is sealed every ten seconds, and whatever is open holds that back (docs/trail.md): a tenth of it
    "longest transaction, s": 1.0,
    # a workbook's parts may be unpacked to 32 MB (registration/bulk/limits.py); they are held twice, and their cells once
    "most memory, MB": 128.0,
}


def main() -> int:
    """Measure and print, one line each; lower is better. 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the list (default 10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each way, in turns (default 3)")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["KEYRING_FILE"] = f"{folder}/keyring.json"
        os.environ["STORAGE_URL"] = f"file://{folder}/files"
        figures = _measure(options.rows, options.rounds)
    for name, value in figures.items():
        print(f"{name:<44} {value:>10,.2f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")
    met = {name: figures[name] <= most for name, most in GOALS.items()}
    for name, most in GOALS.items():
        print(f"{'met    ' if met[name] else 'NOT met'} at most {most:g}: {name}, {figures[name]:.2f}")
    return 0 if all(met.values()) else 1


def _measure(rows: int, rounds: int) -> dict[str, float]:
    from realname.embedded import use_embedded_servers

    use_embedded_servers()
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with connection.schema_editor() as editor:
            for model in _plain_models():
                editor.create_model(model)
        return _figures(rows, rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _figures(rows: int, rounds: int) -> dict[str, float]:
    # first, while little memory is held that could be used again unseen
    peaks = {}
    with _longest_transaction() as longest:
        for name, work in _ways(rows).items():
            peaks[name] = _peak_mb(work)
    took: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, work in _ways(rows).items():
            begun = time.perf_counter()
            work()
            took.setdefault(name, []).append(time.perf_counter() - begun)
    seconds = {name: statistics.median(values) for name, values in took.items()}
    return {
        **{f"{name}, s": value for name, value in seconds.items()},
        **{f"{ours} / {bare}": seconds[ours] / seconds[bare] for ours, bare in PAIRS},
        **{f"{name}, peak MB": value for name, value in peaks.items()},
        "most memory, MB": max(peaks[ours] for ours, _ in PAIRS),
        "longest transaction, s": longest[0],
    }


def _ways(rows: int) -> dict[str, Callable[[], object]]:
    """Each way of doing something with one and the same new list, in an order in which they can be done."""
    from registration.bulk.rows import rows_of
    from registration.bulk.table import read_table
    from registration.services.bulk.take_in import preview
    from tests.factories.bulk import csv_file, uploaded, workbook

    people = _people(rows)
    text, book = csv_file(*people), workbook(*people)
    bulk = uploaded(*people)
    return {
        "csv.reader": lambda: _csv(text),
        "read CSV": lambda: rows_of(read_table(text)),
        "calamine": lambda: _calamine(book),
        "openpyxl": lambda: _openpyxl(book),
        "read workbook": lambda: rows_of(read_table(book)),
        "preview": lambda: preview(bulk),
        "bare take over": lambda: _bare_take_over(text),
        "take over": lambda: _take_over(bulk),
        "bare invite": lambda: _bare_invite(rows // 2),
        "invite": lambda: _invite(bulk, rows),
    }


def _people(rows: int) -> list[tuple[str, str, str]]:
    from tests.factories.bulk import row

    people = []
    for number in range(rows):
        cells = list(row())
        if number % 2:
            place, cell = FAULTS[number // 2 % len(FAULTS)]
            cells[place] = cell
        people.append(tuple(cells))
    return people


def _csv(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode())))


def _calamine(book: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def _openpyxl(book: bytes) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(io.BytesIO(book), read_only=True).worksheets[0].iter_rows(values_only=True))


@cache
def _plain_models() -> tuple[type, type]:
    """What rows and messages are kept in where nothing is promised of them."""
    from django.db import models

    class PlainRow(models.Model):
        number = models.PositiveIntegerField()
        name, id_number, phone = models.TextField(), models.TextField(), models.TextField()
        outcome = models.CharField(max_length=24, blank=True)
        invited_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "benchmarks"

    class PlainMessage(models.Model):
        about = models.BigIntegerField()
        status = models.CharField(max_length=12)
        created_at = models.DateTimeField()

        class Meta:
            app_label = "benchmarks"

    return PlainRow, PlainMessage


def _bare_take_over(text: bytes) -> None:
    plain, _ = _plain_models()
    _, *rows = _csv(text)
    plain.objects.bulk_create([plain(number=number, name=row[0], id_number=row[1], phone=row[2]) for number, row in enumerate(rows, 2)])


def _bare_invite(people: int) -> None:
    from django.utils import timezone

    rows, messages = _plain_models()
    ids = list(rows.objects.filter(outcome="").values_list("pk", flat=True)[:people])
    rows.objects.filter(pk__in=ids).update(outcome="invited", invited_at=timezone.now())
    messages.objects.bulk_create([messages(about=pk, status="pending", created_at=timezone.now()) for pk in ids])


def _take_over(bulk: Any) -> None:
    from registration.services.bulk.take_in import confirm_bulk_import
    from registration.services.bulk.work_through import work_through
    from registration.states import BulkStatus
    from tests.factories.access import staff_actor

    confirm_bulk_import(actor=staff_actor(bulk.staff), staff=bulk.staff, import_id=bulk.pk)
    while bulk.status != BulkStatus.WORKING:
        work_through(import_id=bulk.pk)
        bulk.refresh_from_db()


def _invite(bulk: Any, rows: int) -> None:
    from registration.services.bulk.work_through import outcomes_of, work_through

    while work_through(import_id=bulk.pk):
        pass
    assert outcomes_of(bulk)["invited"] == rows // 2, outcomes_of(bulk)


def _peak_mb(work: Callable[[], object]) -> float:
    """Resident memory at its highest while `work` ran, above what it was before (Linux: proc(5), clear_refs)."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    before = _resident("VmRSS")
    work()
    return max(_resident("VmHWM") - before, 0) / 1024


def _resident(line: str) -> int:
    (value,) = (each.split()[1] for each in Path("/proc/self/status").read_text().splitlines() if each.startswith(f"{line}:"))
    return int(value)


@contextmanager
def _longest_transaction() -> Iterator[list[float]]:
    """The longest that a transaction of this database was seen open, in seconds; looked at every 20 ms."""
    from django.db import connection

    watcher = connection.get_new_connection({**connection.get_connection_params()})
    watcher.autocommit = True
    longest, stop = [0.0], threading.Event()

    def watch() -> None:
        with watcher.cursor() as cursor:
            while not stop.wait(0.02):
                cursor.execute(
                    "SELECT coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
                longest[0] = max(longest[0], float(cursor.fetchone()[0]))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield longest
    finally:
        stop.set()
        thread.join()
        watcher.close()


if __name__ == "__main__":
    sys.exit(main())
