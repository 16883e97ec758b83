"""The trail, folded into rollups: each event once, in order, in one transaction with the place reached.

So a slice that fails leaves nothing, one that is repeated finds nothing new, and any cutting into slices comes to the same
numbers. What is handed to a KPI is the event alone; nothing is asked of other tables, whose rows change.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from monitoring.kpis import KPIS
from monitoring.kpis.base import Kpi, Observation
from monitoring.kpis.histogram import bucket_of
from monitoring.locks import lock_cursor
from monitoring.models import KeptStart, Rollup
from realname.trail.canonical import HORIZON
from realname.trail.models import Event

# Events a slice: a fraction of a second, since an open transaction holds back every reader of the trail.
BATCH = 500
NAMES = sorted(frozenset().union(*(kpi.events for kpi in KPIS)))

Key = tuple[date, str, str]


def fold_slice(generation: int, *, limit: int = BATCH) -> int:
    """Fold the next `limit` events of the generation; answers how many. 0 where nothing is new or another process is at it."""
    with transaction.atomic():
        cursor = lock_cursor(generation)
        if cursor is None:
            return 0
        events = _next_events(cursor.txid, cursor.event_id, limit)
        if not events:
            return 0
        tally = _Tally(generation)
        for event in events:
            tally.add(event)
        tally.write()
        cursor.txid, cursor.event_id = events[-1].txid, events[-1].id
        cursor.save(update_fields=["txid", "event_id", "updated_at"])
        return len(events)


def events_behind(txid: int, event_id: int) -> int:
    """How many events that any KPI hears are not folded yet, counted up to 1000."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM trail_event "  # noqa: S608 - constants only
        f"WHERE (txid, id) > (%s, %s) AND txid < {HORIZON} AND name = ANY(%s) LIMIT 1000) behind"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [txid, event_id, NAMES])
        return cursor.fetchone()[0]


def _next_events(txid: int, event_id: int, limit: int) -> list[Event]:
    """In order (txid, id), below the oldest open transaction: nothing that commits late is skipped."""
    return list(
        Event.objects.raw(
            "SELECT id, txid, at, name, subject_id, related_id, data FROM trail_event "  # noqa: S608 - constants only
            f"WHERE (txid, id) > (%s, %s) AND txid < {HORIZON} AND name = ANY(%s) ORDER BY txid, id LIMIT %s",
            [txid, event_id, NAMES, limit],
        )
    )


class _Starts:
    """The kept starts of one KPI, read once a slice and written at its end."""

    def __init__(self, generation: int, kpi: str) -> None:
        self.generation, self.kpi = generation, kpi
        self.seen: dict[str, datetime | None] = {}

    def keep(self, subject_id: str, at: datetime) -> None:
        self.seen[subject_id] = at

    def take(self, subject_id: str) -> datetime | None:
        if subject_id not in self.seen:
            self.seen[subject_id] = self._rows().filter(subject_id=subject_id).values_list("at", flat=True).first()
        at, self.seen[subject_id] = self.seen[subject_id], None
        return at

    def write(self) -> None:
        kept = [(subject_id, at) for subject_id, at in self.seen.items() if at is not None]
        self._rows().filter(subject_id__in=list(self.seen)).delete()
        KeptStart.objects.bulk_create(
            KeptStart(generation=self.generation, kpi=self.kpi, subject_id=subject_id, at=at) for subject_id, at in kept
        )

    def _rows(self):
        return KeptStart.objects.filter(generation=self.generation, kpi=self.kpi)


class _Tally:
    """What one slice adds to the rollups."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.starts = {kpi.key: _Starts(generation, kpi.key) for kpi in KPIS}
        self.added: dict[Key, Rollup] = {}

    def add(self, event: Event) -> None:
        """Ask every KPI that hears this event."""
        day = timezone.localdate(event.at)
        for kpi in KPIS:
            if event.name in kpi.events:
                self._count(kpi, day, kpi.observe(event, self.starts[kpi.key]))

    def _count(self, kpi: Kpi, day: date, observations: Iterable[Observation]) -> None:
        for seen in observations:
            dimensions = ",".join(f"{name}={value}" for name, value in seen.dimensions)
            key = (day, kpi.key, dimensions)
            if key not in self.added:
                self.added[key] = Rollup(generation=self.generation, day=day, kpi=kpi.key, dimensions=dimensions)
            row = self.added[key]
            row.count += 1
            if seen.value is not None:
                row.measured += 1
                row.total += seen.value
                if seen.histogram:
                    bucket = bucket_of(seen.value)
                    row.buckets[bucket] = row.buckets.get(bucket, 0) + 1

    def write(self) -> None:
        """Add to the rows that are there, make those that are not. Only the holder of the cursor's lock writes."""
        days, kpis = {key[0] for key in self.added}, {key[1] for key in self.added}
        for row in Rollup.objects.filter(generation=self.generation, day__in=days, kpi__in=kpis):
            if added := self.added.pop((row.day, row.kpi, row.dimensions), None):
                _merge(row, added)
                row.save(update_fields=["count", "measured", "total", "buckets"])
        Rollup.objects.bulk_create(self.added.values())
        for starts in self.starts.values():
            if starts.seen:
                starts.write()


def _merge(row: Rollup, added: Rollup) -> None:
    row.count += added.count
    row.measured += added.measured
    row.total += added.total
    for bucket, count in added.buckets.items():
        row.buckets[bucket] = row.buckets.get(bucket, 0) + count
