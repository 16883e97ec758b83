"""A hint is sent by another thread, once for all of a moment, and one that fails hinders none after it."""

import importlib
import threading
import time

from realname.trail.tasks import dispatch_events, seal_trail

# the name in the package is the function's
module = importlib.import_module("realname.queue.hint")


def waited_for(condition) -> bool:
    """Whether it came true within ten seconds."""
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_many_of_a_moment_are_one_and_nobody_waits(monkeypatch):
    sent, may_go = [], threading.Event()

    def slow(task):
        sent.append(task.name)
        may_go.wait(10)

    monkeypatch.setattr(module, "send", slow)
    hints = module.Hints()
    hints.give(dispatch_events)
    assert waited_for(lambda: len(sent) == 1)
    # the broker is slow: these come back at once all the same, and are one
    for _ in range(50):
        hints.give(dispatch_events)
    hints.give(seal_trail)
    may_go.set()
    assert waited_for(lambda: len(sent) == 3)
    assert sent == [dispatch_events.name, dispatch_events.name, seal_trail.name]


def test_one_that_fails_hinders_none_after_it(monkeypatch):
    sent = []

    def failing(task):
        sent.append(task.name)
        if len(sent) == 1:
            raise RuntimeError("the pool is closed")

    monkeypatch.setattr(module, "send", failing)
    hints = module.Hints()
    hints.give(dispatch_events)
    assert waited_for(lambda: len(sent) == 1)
    hints.give(dispatch_events)
    assert waited_for(lambda: len(sent) == 2)
