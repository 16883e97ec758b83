"""A bound on what one network may send in an hour, in front of what costs work or rows."""

import ipaddress

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from realname import policy
from realname.access.actor import client_ip
from realname.policy import Parameter
from registration.errors import RegistrationError

log = structlog.get_logger(__name__)
HOUR = 3600


class TooManyRequests(RegistrationError):
    """The network's share of the hour is used up."""

    def __init__(self) -> None:
        super().__init__("too_many_requests")


def count_request(request: HttpRequest, limit: Parameter) -> None:
    """Count a request against `limit` (requests per network and hour). Raises TooManyRequests.

    Where the counter is away everybody passes: the throttles of the services still stand, and nobody is locked out by a fault.
    """
    key = f"throttle:{limit.key}:{network_of(client_ip(request))}"
    try:
        cache.add(key, 0, timeout=HOUR)
        count = cache.incr(key)
    except (RedisError, OSError, ValueError) as error:
        log.warning("throttle_away", limit=limit.key, error=type(error).__name__)
        return
    if count > policy.value(limit):
        raise TooManyRequests


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that an IPv6 host has to itself (RFC 6177)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
