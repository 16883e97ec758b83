"""`enqueue` is the one door to the queue, `hint` rings at it; `sweeper` registers who re-sends what was lost."""

from realname.queue.enqueue import enqueue
from realname.queue.hint import hint
from realname.queue.queues import Queue
from realname.queue.sweep import sweeper

__all__ = ["Queue", "enqueue", "hint", "sweeper"]
