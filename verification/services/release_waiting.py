"""A source that is back is asked at once by those who wait for it, so many a second that it is not flooded (P-VER-6)."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from realname import policy
from realname.outside.clients import breaker_for
from verification.models import Check, SourceStanding
from verification.services.send_checks import send
from verification.services.watch_sources import kinds_asking
from verification.sources.order import SOURCES
from verification.sources.policy import RELEASE_PER_SECOND


def release_waiting() -> int:
    """Send what waits for a source that is back; of one that may be back, one question, to find out. Answers how many."""
    return sum(_release(source.name) for source in SOURCES.values() if source.is_configured())


def _release(source: str) -> int:
    state = breaker_for(source).state()
    standing = SourceStanding.objects.filter(name=source).first()
    if state == "half_open":
        return _send(Q(kind__in=kinds_asking(source)), limit=1)
    if state == "open" or standing is None or standing.recovered_at is None:
        return 0
    # who was asked again since, and had no answer for another reason, waits as long as its own pause says
    not_since = Q(kind__in=kinds_asking(source), tried_at__lt=standing.recovered_at)
    return _send(not_since, limit=policy.value(RELEASE_PER_SECOND) * settings.SWEEP_SECONDS)


@transaction.atomic
def _send(which: Q, *, limit: int) -> int:
    now = timezone.now()
    waiting = Check.objects.waiting().filter(which, not_before__gt=now).order_by("waiting_since")
    checks = list(waiting.select_for_update(of=("self",), skip_locked=True)[:limit])
    Check.objects.filter(pk__in=[check.pk for check in checks]).update(not_before=now)
    send(checks)
    return len(checks)
