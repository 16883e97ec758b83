"""Where breakers, places and budgets keep their counts: in Redis, shared by all processes; in this process while Redis is away."""

import threading
import time
from typing import Protocol

import redis
import structlog

log = structlog.get_logger(__name__)

# Seconds a lost Redis may cost one call, and how long it is then left alone.
REDIS_TIMEOUT_SECONDS = 0.5
REDIS_REST_SECONDS = 5.0


class Counters(Protocol):
    """Names with a life in seconds. Redis may be shared, so names carry their own prefix."""

    def present(self, *names: str) -> list[bool]:
        """Which of the names are alive."""

    def count(self, name: str, seconds: float) -> int:
        """Add one; the first of a count starts its life."""

    def put(self, name: str, seconds: float, *, only_new: bool = False) -> bool:
        """Set a name; with `only_new`, answer whether we were the one to set it."""

    def drop(self, *names: str) -> None:
        """Forget names."""

    def enter(self, name: str, holder: str, *, limit: int, seconds: float) -> bool:
        """Take one of `limit` places for at most so many seconds; answer whether one was free."""

    def leave(self, name: str, holder: str) -> None:
        """Give the place back."""


# A place is a member of a sorted set whose score is its end, in the server's own time: what died in it is swept out by the next.
_ENTER = """
local now = redis.call('TIME')
local at = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', at)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], at + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""


class ProcessCounters:
    """In this process, safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[int, float]] = {}
        self._places: dict[str, dict[str, float]] = {}

    def present(self, *names: str) -> list[bool]:
        with self._lock:
            return [self._alive(name) for name in names]

    def count(self, name: str, seconds: float) -> int:
        with self._lock:
            number, end = self._kept[name] if self._alive(name) else (0, time.monotonic() + seconds)
            self._kept[name] = (number + 1, end)
            return number + 1

    def put(self, name: str, seconds: float, *, only_new: bool = False) -> bool:
        with self._lock:
            if only_new and self._alive(name):
                return False
            self._kept[name] = (1, time.monotonic() + seconds)
            return True

    def drop(self, *names: str) -> None:
        with self._lock:
            for name in names:
                self._kept.pop(name, None)

    def enter(self, name: str, holder: str, *, limit: int, seconds: float) -> bool:
        now = time.monotonic()
        with self._lock:
            held = self._places[name] = {each: end for each, end in self._places.get(name, {}).items() if end > now}
            if len(held) >= limit:
                return False
            held[holder] = now + seconds
            return True

    def leave(self, name: str, holder: str) -> None:
        with self._lock:
            self._places.get(name, {}).pop(holder, None)

    def _alive(self, name: str) -> bool:
        return name in self._kept and self._kept[name][1] > time.monotonic()


class RedisCounters:
    """In Redis; each call is one round trip. Raises redis.RedisError when it is away."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        )

    def present(self, *names: str) -> list[bool]:
        return [value is not None for value in self._redis.mget(names)]

    def count(self, name: str, seconds: float) -> int:
        pipeline = self._redis.pipeline()
        pipeline.set(name, 0, px=int(seconds * 1000), nx=True)
        pipeline.incr(name)
        return pipeline.execute()[1]

    def put(self, name: str, seconds: float, *, only_new: bool = False) -> bool:
        return bool(self._redis.set(name, 1, px=int(seconds * 1000), nx=only_new))

    def drop(self, *names: str) -> None:
        self._redis.delete(*names)

    def enter(self, name: str, holder: str, *, limit: int, seconds: float) -> bool:
        return bool(self._redis.eval(_ENTER, 1, name, holder, limit, int(seconds * 1000)))

    def leave(self, name: str, holder: str) -> None:
        self._redis.zrem(name, holder)

    def sums(self, *names: str) -> list[int | None]:
        """What each sum stands at; None for one that was never begun."""
        return [None if value is None else int(value) for value in self._redis.mget(names)]

    def add(self, amounts: dict[str, tuple[int, int]], seconds: float) -> list[int]:
        """Add to sums, name -> (amount, what it begins with where it is new); answer them afterwards."""
        pipeline = self._redis.pipeline()
        for name, (_, start) in amounts.items():
            pipeline.set(name, start, px=int(seconds * 1000), nx=True)
        for name, (amount, _) in amounts.items():
            pipeline.incrby(name, amount)
        return pipeline.execute()[len(amounts) :]


class SharedCounters:
    """Redis while it answers, else this process; a lost Redis is asked again after a rest."""

    def __init__(self, url: str) -> None:
        self._shared = RedisCounters(url)
        self._own = ProcessCounters()
        self._resting_until = 0.0

    def present(self, *names: str) -> list[bool]:
        return self._ask("present", *names)

    def count(self, name: str, seconds: float) -> int:
        return self._ask("count", name, seconds)

    def put(self, name: str, seconds: float, *, only_new: bool = False) -> bool:
        return self._ask("put", name, seconds, only_new=only_new)

    def drop(self, *names: str) -> None:
        self._ask("drop", *names)

    def enter(self, name: str, holder: str, *, limit: int, seconds: float) -> bool:
        return self._ask("enter", name, holder, limit=limit, seconds=seconds)

    def leave(self, name: str, holder: str) -> None:
        self._ask("leave", name, holder)

    def shared(self) -> RedisCounters | None:
        """The counts of all processes, for who keeps another truth to fall back on; None while they rest."""
        return self._shared if time.monotonic() >= self._resting_until else None

    def rest(self, error: redis.RedisError) -> None:
        """Leave Redis alone for a while: it did not answer."""
        self._resting_until = time.monotonic() + REDIS_REST_SECONDS
        log.warning("counts_in_process", error=type(error).__name__)

    def _ask(self, act: str, *args: object, **options: object):
        if time.monotonic() >= self._resting_until:
            try:
                return getattr(self._shared, act)(*args, **options)
            except redis.RedisError as error:
                self.rest(error)
        return getattr(self._own, act)(*args, **options)
