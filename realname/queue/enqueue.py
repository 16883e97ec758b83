"""The one door to the queue. It opens after commit; what is lost on the way, the sweeper sends again."""

import structlog
from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

from realname.queue.queues import Queue

log = structlog.get_logger(__name__)


def enqueue(task: Task, *args: object, queue: Queue | None = None) -> None:
    """Send `task` with ids once the current transaction has committed; to `queue`, or to the task's own.

    A broker that can't be reached is logged and never raised: the row in the database is the truth, the message only a hint.
    """
    transaction.on_commit(lambda: send(task, *args, queue=queue), robust=True)


def send(task: Task, *args: object, queue: Queue | None = None) -> None:
    """As `enqueue`, at once: where no transaction is open, and none must be asked for (that would open a connection)."""
    try:
        task.apply_async(args=[str(arg) for arg in args], **({"queue": str(queue)} if queue else {}))
    except (OperationalError, OSError) as error:
        log.warning("enqueue_failed", task=task.name, error=type(error).__name__)
