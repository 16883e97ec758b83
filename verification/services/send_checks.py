"""Checks that wait for nothing any more are sent to the workers."""

from uuid import UUID

from realname.queue import enqueue
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.states import CheckStatus


def send_ready_checks(*, application_id: UUID, round_: int) -> None:
    """Send the pending checks whose forerunners have ended. Sending twice is harmless."""
    checks = {check.kind: check for check in Check.objects.filter(application_id=application_id, round=round_)}
    for check in checks.values():
        if check.status == CheckStatus.PENDING and is_ready(check, checks):
            send(check)


def is_ready(check: Check, checks: dict[str, Check]) -> bool:
    """Have all the checks that it waits for ended?"""
    return all(checks[kind].has_ended for kind in RUNNERS[check.kind].after if kind in checks)


def send(check: Check) -> None:
    """Send one check to its queue."""
    from verification.tasks import run_check

    enqueue(run_check, check.pk, queue=RUNNERS[check.kind].queue)
