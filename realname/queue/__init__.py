"""`enqueue` is the one door to the queue; `sweeper` registers who re-sends what was lost."""

from realname.queue.enqueue import enqueue
from realname.queue.queues import Queue
from realname.queue.sweep import sweeper

__all__ = ["Queue", "enqueue", "sweeper"]
