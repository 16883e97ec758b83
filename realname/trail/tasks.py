"""The trail's clockwork. Each task may run twice or not at all: the next one makes up for it."""

import time

from celery import shared_task

from realname.trail import dispatch, partitions, seal

# A hint arrives right after the commit, when another transaction may still be open below it: wait a moment for that one.
PENDING_TRIES, PENDING_SECONDS = 10, 0.05


@shared_task(name="realname.trail.tasks.dispatch_events")
def dispatch_events() -> None:
    """Hand new events to their listeners."""
    dispatch.dispatch()
    for _ in range(PENDING_TRIES):
        if not dispatch.is_pending():
            return
        time.sleep(PENDING_SECONDS)
        dispatch.dispatch()


@shared_task(name="realname.trail.tasks.seal_trail")
def seal_trail() -> None:
    """Seal what has been written since the last seal."""
    seal.seal_trail()


@shared_task(name="realname.trail.tasks.ensure_partitions")
def ensure_partitions() -> None:
    """Make the partitions of the coming months."""
    partitions.ensure_partitions()
