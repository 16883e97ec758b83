"""What happens at the same moment, on connections of their own."""

import threading
from collections.abc import Callable

from django.db import connections

# Postgres takes 100 connections by default; who finds none waits at the door, everybody else races
CONNECTIONS = 60
TIMEOUT_SECONDS = 120


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Call all in threads that start together; answers each one's result or exception, in the order given."""
    results: list[object] = [None] * len(calls)
    barrier, slots = threading.Barrier(len(calls)), threading.Semaphore(CONNECTIONS)

    def _call(place: int, call: Callable[[], object]) -> None:
        barrier.wait(TIMEOUT_SECONDS)
        with slots:
            try:
                results[place] = call()
            except Exception as error:  # noqa: BLE001
                results[place] = error
            finally:
                connections.close_all()

    threads = [threading.Thread(target=_call, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_SECONDS)
        assert not thread.is_alive()
    return results
