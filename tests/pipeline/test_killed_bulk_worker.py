"""A worker is killed in the middle of a list of people: each row is taken over and invited once, by who comes next (P-REG-5)."""

from collections.abc import Iterator

import pytest
from django.db import connection

from realname.trail.models import Event
from registration.models import BulkImport, Delivery
from registration.services.bulk import take_over as taking
from registration.services.bulk import work_through as working
from registration.services.bulk.work_through import outcomes_of
from registration.states import BulkStatus, DeliveryStatus
from tests.factories.bulk import confirmed, row
from tests.pipeline import holding
from tests.pipeline.applicants import wait_until
from tests.pipeline.workers import Workers

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(900)]

# three transactions of taking over, three of inviting
GOOD, BAD = 2 * working.CHUNK + 20, 2 * taking.CHUNK + 20 - 2 * working.CHUNK


@pytest.fixture
def alone(workers: Workers, quiet) -> Iterator[Workers]:
    """Nobody is at work but one process of the bulk queue, once the test starts it: whoever waits in the database is that."""
    quiet()
    workers.kill("fast")
    yield workers
    workers.kill("bulk")
    workers.ensure("fast")
    # hundreds of messages that no test waits for would keep the next one from its quiet
    Delivery.objects.filter(kind="bulk_invitation", status=DeliveryStatus.PENDING).update(status=DeliveryStatus.FAILED)


@pytest.mark.parametrize(
    ("table", "status", "behind"),
    [
        ("registration_bulkrow", BulkStatus.CONFIRMED, 0),  # before the first row is written
        ("registration_bulkrow", BulkStatus.CONFIRMED, taking.CHUNK),  # between two transactions of taking over
        ("trail_event", BulkStatus.WORKING, 0),  # people marked as invited, and no event yet
        ("registration_delivery", BulkStatus.WORKING, working.CHUNK),  # events written, and no message yet
    ],
)
def test_killed_while_taking_over_and_inviting(alone, table, status, behind):
    """SIGKILL of the whole process group, where its transaction waits for `table` and `behind` rows are committed."""
    bulk = confirmed(*[row(name="") for _ in range(BAD)], *[row() for _ in range(GOOD)])
    if behind or status != BulkStatus.CONFIRMED:
        alone.start("bulk")
        wait_until(lambda: (stands(bulk), reached(bulk) >= behind) == (status, True), seconds=120, what=lambda: alone.log("bulk"))
    with holding.table_held(table):
        alone.ensure("bulk")
        wait_until(lambda: somebody_waits_for(table), seconds=60, what=lambda: (stands(bulk), alone.log("bulk")))
        alone.kill("bulk")
    # what it had asked for is carried out once the table is free, and rolled back for want of who would commit it
    wait_until(nobody_is_in_a_transaction, seconds=30)
    assert (stands(bulk), reached(bulk) >= behind, reached(bulk) < GOOD + BAD) == (status, True, True)

    # who sweeps, and so sends for it again, is at the other queue
    alone.resume("beat")
    alone.start("bulk", "fast")
    wait_until(lambda: stands(bulk) == BulkStatus.DONE, seconds=240, what=lambda: (stands(bulk), alone.log("bulk")))
    assert_each_row_done_once(bulk)


def assert_each_row_done_once(bulk: BulkImport) -> None:
    assert outcomes_of(bulk) == {"invited": GOOD, "name_invalid": BAD}
    assert sorted(bulk.rows.values_list("number", flat=True)) == list(range(2, GOOD + BAD + 2))
    ids = set(bulk.rows.invited().values_list("pk", flat=True))
    told = Event.objects.filter(name="bulk_row.invited", related_id=str(bulk.pk)).values_list("subject_id", flat=True)
    assert sorted(told) == sorted(map(str, ids))
    messages = Delivery.objects.filter(kind="bulk_invitation", about__in=ids).values_list("about", flat=True)
    assert sorted(messages) == sorted(ids)
    about = Event.objects.filter(subject_id=str(bulk.pk))
    assert [about.filter(name=f"bulk_import.{name}").count() for name in ("confirmed", "taken_over", "done")] == [1, 1, 1]


def stands(bulk: BulkImport) -> str:
    return BulkImport.objects.get(pk=bulk.pk).status


def reached(bulk: BulkImport) -> int:
    """Rows that are taken over, or whose people are invited, by what the list is about."""
    rows = bulk.rows.all() if stands(bulk) == BulkStatus.CONFIRMED else bulk.rows.invited()
    return rows.count()


def somebody_waits_for(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = %s::regclass AND NOT granted)", [table])
        return cursor.fetchone()[0]


def nobody_is_in_a_transaction() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        return cursor.fetchone()[0] == 0
