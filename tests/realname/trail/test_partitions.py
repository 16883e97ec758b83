"""Months, indexes, and the plans of the hot queries."""

import pytest
from django.db import connection

from realname.trail.models import Event
from realname.trail.partitions import ensure_partitions
from realname.trail.seal import seal_trail
from realname.trail.verify import verify_trail

pytestmark = pytest.mark.django_db(transaction=True)


def partitions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relid::regclass::text FROM pg_partition_tree('trail_event') WHERE isleaf")
        return {name for (name,) in cursor.fetchall()}


def test_the_coming_months_are_made_once_and_guarded():
    before = partitions()
    made = ensure_partitions(months_ahead=8)
    after = partitions()
    assert len(after - before) == made
    assert ensure_partitions(months_ahead=8) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'trail_no_truncate'")
        guarded = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'trail_append_only'")
        guarded &= {name for (name,) in cursor.fetchall()}
    assert after <= guarded


def test_a_row_of_a_month_nobody_prepared_is_kept_sealed_and_its_month_left_alone(happen):
    happen()
    with connection.cursor() as cursor:
        columns = "uid, name, actor_kind, actor_id, actor_name, actor_role, device, ip, subject_kind, subject_id, related_kind, "
        columns += "related_id, person_id, reason, purpose, data, before, after, correlation_id"
        cursor.execute(f"INSERT INTO trail_event (at, {columns}) SELECT at + interval '14 months', {columns} FROM trail_event")
        cursor.execute("SELECT count(*) FROM trail_event_other")
        assert cursor.fetchone()[0] == 1
    ensure_partitions(months_ahead=16)
    months = partitions() - {"trail_event_other"}
    assert len(months) == 16  # this one and sixteen more, without the one that lies in the catch-all
    seal_trail()
    assert (verify_trail().sound, verify_trail().rows) == (True, 2)
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("(txid, id) > (1, 1) AND txid < 1000000 ORDER BY txid, id LIMIT 200", "txid_id_idx"),
        ("subject_kind = 'line' AND subject_id = '1' ORDER BY at", "subject_kind_subject_id_at_idx"),
        ("related_kind = 'line' AND related_id = '1' ORDER BY at", "related_kind_related_id_at_idx"),
        ("person_id = gen_random_uuid() ORDER BY at", "person_id_at_idx"),
        ("name = 'line.frozen' AND at > now() - interval '1 hour'", "name_at_idx"),
        ("id = 5", "pkey"),
    ],
)
def test_each_hot_query_has_its_index(where, index):
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
        try:
            cursor.execute(f"EXPLAIN SELECT * FROM trail_event WHERE {where}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        finally:
            cursor.execute("RESET enable_seqscan; RESET enable_bitmapscan")
    assert index in plan
    assert "Seq Scan" not in plan
