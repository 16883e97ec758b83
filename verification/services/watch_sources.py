"""How the sources stand: an outage is told when it begins, gives an alarm when it lasts, and is told when it ends (P-VER-6, P-MON-7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.outside.clients import breaker_for
from realname.trail import record
from realname.trail.subject import SubjectRef
from verification.locks import lock_standing
from verification.models import Check, SourceStanding
from verification.pipeline import FACT_OF
from verification.sources.order import SOURCES
from verification.sources.policy import ALARM_MINUTES, ALARM_WAITING, WAIT_OWNER
from verification.states import CheckKind


def watch_sources() -> int:
    """Compare each source's breaker with what is known of it, and tell what changed; answers how many changed."""
    return sum(_watch(source.name) for source in SOURCES.values() if source.is_configured())


def kinds_asking(source: str) -> Iterable[CheckKind]:
    """The checks that ask this source."""
    return [kind for kind, fact in FACT_OF.items() if fact in SOURCES[source].facts]


@transaction.atomic
def _watch(source: str) -> int:
    state = breaker_for(source).state()
    if state == "closed" and not SourceStanding.objects.filter(name=source, down_since__isnull=False).exists():
        return 0
    standing, now = lock_standing(source), timezone.now()
    if state == "closed":
        return _note_recovery(standing, now)
    told = 0
    if standing.down_since is None:
        standing.down_since = now
        _tell("source.down", standing)
        told = 1
    return told + _alarm(standing, now)


def _note_recovery(standing: SourceStanding, now: datetime) -> int:
    if standing.down_since is None:
        return 0
    seconds = round((now - standing.down_since).total_seconds())
    standing.down_since = standing.alarmed_at = None
    standing.recovered_at = now
    _tell("source.recovered", standing, seconds=seconds)
    return 1


def _alarm(standing: SourceStanding, now: datetime) -> int:
    """Once an outage: it lasts while somebody waits, or too many wait."""
    waiting = Check.objects.waiting().filter(kind__in=kinds_asking(standing.name)).values("application_id").distinct().count()
    lasts = now - standing.down_since >= timedelta(minutes=policy.value(ALARM_MINUTES))
    if standing.alarmed_at or not waiting or not (lasts or waiting >= policy.value(ALARM_WAITING)):
        return 0
    standing.alarmed_at = now
    _tell("source.alarm", standing, waiting=waiting, owner=policy.value(WAIT_OWNER), since=standing.down_since.isoformat())
    return 1


def _tell(event: str, standing: SourceStanding, **data: object) -> None:
    standing.save()
    record(event, actor=SYSTEM, subject=SubjectRef("source", standing.name), data=data)
