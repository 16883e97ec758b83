"""Thin, idempotent work of the policy."""

from uuid import UUID

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from realname.queue import sweeper

from .models import DryRun
from .services import dry_run
from .states import DryRunStatus


@shared_task
def run_dry_run(run_id: str) -> None:
    """Work out one dry run. Does nothing if it has ended: safe to deliver twice."""
    dry_run.run_dry_run(run_id=UUID(run_id))


@sweeper
def resend_dry_runs() -> int:
    """Dry runs that nobody is at work on."""
    now = timezone.now()
    waiting = DryRun.objects.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=now), status=DryRunStatus.WAITING)
    left = list(waiting.values_list("pk", flat=True))
    for run_id in left:
        dry_run.send(run_id)
    return len(left)
