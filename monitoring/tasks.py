"""Thin, idempotent work of this stage."""

from celery import shared_task

from monitoring.fold import events_behind
from monitoring.models import FoldCursor
from monitoring.services import fold_events as folding
from realname.queue import enqueue, sweeper


@shared_task
def fold_events() -> None:
    """Fold what is new. Two at once do it once: the second finds the cursor taken."""
    folding.fold_events()


@sweeper
def fold_new_events() -> int:
    """Every few seconds: is anything not folded yet?"""
    active = FoldCursor.objects.filter(active=True).first()
    behind = events_behind(active.txid, active.event_id) if active else 1
    if behind:
        enqueue(fold_events)
    return behind
