"""P-ALL-4: nobody alters or deletes a row: not the owner of the table, still less the program's own role."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg2 import sql

from realname.trail import grants
from realname.trail.errors import AppendOnly
from realname.trail.models import Event, Seal
from realname.trail.record import GIVEN_COLUMNS
from realname.trail.seal import seal_trail

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = "trail_test_role"
MONTH = f"trail_event_{datetime.now(UTC):%Y_%m}"


@pytest.fixture
def sealed(happen):
    happen()
    seal_trail()
    return happen(2)


@pytest.fixture
def app_role():
    """A role like the program's, with the grants of a migration."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(ROLE)))
    grants.grant(role=ROLE)
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(ROLE)))


def run_as(role: str, statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_event SET reason = 'x'",
        "DELETE FROM trail_event",
        "TRUNCATE trail_event",
        f"UPDATE {MONTH} SET reason = 'x'",
        f"DELETE FROM {MONTH}",
        f"TRUNCATE {MONTH}",
        "TRUNCATE trail_event_other",
        "UPDATE trail_seal SET count = 2",
        "DELETE FROM trail_seal",
        "TRUNCATE trail_seal",
    ],
)
def test_even_the_owner_is_refused(sealed, statement):
    with pytest.raises(ProgrammingError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 2
    assert Seal.objects.get().count == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_event SET reason = 'x'",
        "DELETE FROM trail_event",
        "TRUNCATE trail_event",
        f"DELETE FROM {MONTH}",
        f"INSERT INTO {MONTH} OVERRIDING SYSTEM VALUE SELECT * FROM trail_event",
        "UPDATE trail_seal SET count = 2",
        "DELETE FROM trail_seal",
        "DROP TABLE trail_event",
        f"ALTER TABLE trail_event DETACH PARTITION {MONTH}",
        "ALTER TABLE trail_event DISABLE TRIGGER trail_append_only",
        "DROP TRIGGER trail_append_only ON trail_event",
        "SET session_replication_role = replica",
        "SELECT setval('trail_event_id_seq', 1)",
    ],
)
def test_the_programs_role_is_refused(sealed, app_role, statement):
    with pytest.raises(DatabaseError, match="permission denied|must be owner"):
        run_as(app_role, statement)


@pytest.mark.parametrize("column", ["txid", "id", "at"])
def test_the_programs_role_cannot_write_into_the_past(sealed, app_role, column):
    """Place and time of a row are the database's to say."""
    columns = ", ".join(GIVEN_COLUMNS)
    with pytest.raises(DatabaseError, match="permission denied"):
        run_as(
            app_role, f"INSERT INTO trail_event ({column}, {columns}) OVERRIDING SYSTEM VALUE SELECT {column}, {columns} FROM trail_event"
        )


def test_the_programs_role_records_seals_and_makes_partitions(happen, app_role):
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(app_role)))
        try:
            happen()
            assert seal_trail() == 1
            cursor.execute("SELECT trail_ensure_partitions(5)")
        finally:
            cursor.execute("RESET ROLE")
    assert Event.objects.count() == 1


@pytest.mark.parametrize("act", ["save", "delete"])
def test_the_orm_says_so_before_the_database_does(sealed, act):
    with pytest.raises(AppendOnly):
        getattr(Event.objects.first(), act)()
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()
    with pytest.raises(AppendOnly):
        Event.objects.update(reason="x")
