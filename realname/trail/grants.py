"""What the program's own role may do in the database: anything to working tables, only read and add in the trail.

It owns no table, so it can't drop or disable the triggers either. In the trail it may not choose `id`, `txid` and `at`:
those are the database's, so that it can't write into the past.
"""

from typing import Any

from django.conf import settings
from django.db import connections, transaction
from psycopg2 import sql

from realname.trail.record import GIVEN_COLUMNS

APPEND_ONLY = ("trail_event", "trail_seal")


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Grant after each migration to the role named in DATABASE_APP_ROLE; do nothing where one role does everything."""
    role = getattr(settings, "DATABASE_APP_ROLE", "")
    if role:
        grant(role=role, using=using)


def grant(*, role: str, using: str = "default") -> None:
    """Give `role` its rights in the current schema. May be repeated; takes away what is too much."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user, to_regclass('trail_event') IS NOT NULL")
        schema, owner, exists = cursor.fetchone()
        if role == owner or not exists:
            return
        names = {"role": sql.Identifier(role), "schema": sql.Identifier(schema)}
        for statement in _WORKING_TABLES:
            cursor.execute(sql.SQL(statement).format(**names))
        for table in _trail_tables(cursor):
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), names["role"]))
            cursor.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(table), names["role"]))
        cursor.execute(sql.SQL("REVOKE ALL ON SEQUENCE trail_event_id_seq FROM {}").format(names["role"]))
        given = sql.SQL(", ").join(sql.Identifier(column) for column in GIVEN_COLUMNS)
        cursor.execute(sql.SQL("GRANT INSERT ({}) ON trail_event TO {}").format(given, names["role"]))
        cursor.execute(sql.SQL("GRANT INSERT ON trail_seal TO {}").format(names["role"]))
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION trail_ensure_partitions(integer) TO {}").format(names["role"]))


_WORKING_TABLES = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
)


def _trail_tables(cursor: Any) -> list[str]:
    """The append-only tables and every partition, which can be reached by name as well."""
    cursor.execute("SELECT relid::regclass::text FROM pg_partition_tree('trail_event')")
    return ["trail_seal", *(name for (name,) in cursor.fetchall())]
