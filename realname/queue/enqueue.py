"""The one door to the queue. It opens after commit; what is lost on the way, the sweeper sends again."""

import structlog
from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def enqueue(task: Task, *args: str) -> None:
    """Send `task` with ids once the current transaction has committed.

    A broker that can't be reached is logged and never raised: the row in the database is the truth, the message only a hint.
    """
    transaction.on_commit(lambda: _send(task, args), robust=True)


def _send(task: Task, args: tuple[str, ...]) -> None:
    try:
        task.apply_async(args=[str(arg) for arg in args])
    except (OperationalError, OSError) as error:
        log.warning("enqueue_failed", task=task.name, error=type(error).__name__)
