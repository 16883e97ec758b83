"""The clients that settings describe, one per source and process."""

import os
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from realname.outside.breaker import Breaker
from realname.outside.client import Limits, SignedClient
from realname.outside.counters import SharedCounters
from realname.outside.places import Places

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def client_for(source: str, *, url: str, key: str, limits: Limits = Limits()) -> SignedClient:  # noqa: B008
    """The client of a source, made once per process. Raises ImproperlyConfigured without address, key or encryption (P-ALL-1)."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"The address of the {source} must be an http(s) URL (see realname/settings/outside.py).")
    if not key:
        raise ImproperlyConfigured(f"The key that signs requests to the {source} is not set (see realname/settings/outside.py).")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not settings.SANDBOX:
        raise ImproperlyConfigured(f"The {source} is asked about people: its address must be https.")
    return _client(source, url.rstrip("/"), key, limits, settings.REDIS_URL, os.getpid())


def breaker_for(source: str) -> Breaker:
    """The breaker of a source."""
    return Breaker(source, shared_counters())


def places_at(source: str, *, limit: int, seconds: float) -> Places:
    """The places at a source: `limit` at the same time, over all processes."""
    return Places(source, shared_counters(), limit=limit, seconds=seconds)


def shared_counters() -> SharedCounters:
    """The counts this process shares with the others."""
    return _counters(settings.REDIS_URL, os.getpid())


@lru_cache(maxsize=32)
def _client(source: str, url: str, key: str, limits: Limits, redis_url: str, process: int) -> SignedClient:
    # `process` keeps a forked worker from using its parent's connections
    return SignedClient(source, url, key, breaker=Breaker(source, _counters(redis_url, process)), limits=limits)


@lru_cache(maxsize=4)
def _counters(redis_url: str, process: int) -> SharedCounters:
    return SharedCounters(redis_url)
