"""The sweeper's clock."""

from celery import shared_task

from realname.queue import sweep as sweeping


@shared_task
def sweep() -> None:
    """Re-send what was left behind. Doubled runs are harmless: sweepers only enqueue idempotent tasks."""
    sweeping.sweep()
