"""Checks that wait for nothing any more are sent to the workers."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from realname.queue import Queue, enqueue
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.states import CheckStatus


def send_ready_checks(*, application_id: UUID, round_: int) -> None:
    """Send the pending checks whose forerunners have ended and that were not sent yet. Sending twice is harmless."""
    checks = {check.kind: check for check in Check.objects.filter(application_id=application_id, round=round_)}
    ready = [check for check in checks.values() if check.status == CheckStatus.PENDING and is_ready(check, checks)]
    send([check for check in ready if check.sent_at is None and check.not_before <= timezone.now()])


def is_ready(check: Check, checks: dict[str, Check]) -> bool:
    """Have all the checks that it waits for ended?"""
    return all(checks[kind].has_ended for kind in RUNNERS[check.kind].after if kind in checks)


def resend_left_behind(*, limit: int) -> int:
    """Send again what is due and nobody is at work on, up to `limit` a queue; answers how many."""
    left = [check for queue in Queue for check in _left_behind(queue)[:limit]]
    rounds: dict[tuple, dict[str, Check]] = defaultdict(dict)
    for check in Check.objects.filter(application_id__in={check.application_id for check in left}):
        rounds[check.application_id, check.round][check.kind] = check
    ready = [check for check in left if is_ready(check, rounds[check.application_id, check.round])]
    send(ready)
    return len(ready)


def _left_behind(queue: Queue) -> QuerySet[Check]:
    kinds = [kind for kind, runner in RUNNERS.items() if runner.queue == queue]
    return Check.objects.left_behind().filter(kind__in=kinds).order_by("not_before")


def send(checks: list[Check]) -> None:
    """Send checks, each to its queue, and note when."""
    from verification.tasks import run_check

    Check.objects.filter(pk__in=[check.pk for check in checks]).update(sent_at=timezone.now())
    for check in checks:
        enqueue(run_check, check.pk, queue=RUNNERS[check.kind].queue)
