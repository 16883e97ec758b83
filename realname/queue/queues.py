"""The queues, by what their work needs."""

from enum import StrEnum


class Queue(StrEnum):
    """Workers are split by these, so that slow work of one kind never holds up another."""

    FAST = "fast"  # milliseconds: rules, decisions, the sweeper
    VISION = "vision"  # models in memory, a core for a second
    SOURCES = "sources"  # waits for others over HTTP
    BULK = "bulk"  # long, nobody waits
