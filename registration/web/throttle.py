"""A bound on what one network may send in an hour, in front of what costs work or rows."""

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from realname import policy
from realname.access.actor import client_ip
from realname.access.network import network_of
from realname.policy import Parameter
from registration.errors import RegistrationError

log = structlog.get_logger(__name__)
HOUR = 3600


class TooManyRequests(RegistrationError):
    """The network's share of the hour is used up."""

    code = "too_many_requests"


def count_request(request: HttpRequest, limit: Parameter) -> None:
    """Count a request against `limit` (requests per network and hour). Raises TooManyRequests.

    Where the counter is away everybody passes: the throttles of the services still stand, and nobody is locked out by a fault.
    """
    key = f"throttle:{limit.key}:{network_of(client_ip(request)) or 'unknown'}"
    try:
        count = _next(key)
    except (RedisError, OSError, ValueError) as error:
        log.warning("throttle_away", limit=limit.key, error=type(error).__name__)
        return
    if count > policy.value(limit):
        raise TooManyRequests


def _next(key: str) -> int:
    """The count, this request included. Raises ValueError where the hour ends in this very moment."""
    try:
        return cache.incr(key)
    except ValueError:  # the first of an hour
        cache.add(key, 0, timeout=HOUR)
        return cache.incr(key)
