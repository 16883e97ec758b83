"""The one lock of policy."""

from django.db import connection


def lock_policy() -> None:
    """Wait until no other transaction changes the policy; held to the end of ours.

    An advisory lock and not a row lock: the row that is about to be written does not exist yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('policy', 0))")
