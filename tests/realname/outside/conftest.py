"""Clients with short limits, so that tests of bad weather end soon."""

from collections.abc import Callable, Iterator

import pytest

from realname.outside import Breaker, Limits, SignedClient, Thresholds
from realname.outside.counters import ProcessCounters

QUICK = Limits(connect=0.5, read=0.5, total=1.5, attempts=3, first_wait=0.02, longest_wait=0.05, max_bytes=64 * 1024)
IDENTITY = "/authority/v1/identity"


@pytest.fixture
def make_client(sandbox) -> Iterator[Callable[..., SignedClient]]:
    """Makes clients of the sandbox's authority with a breaker of their own that does not open unless asked to."""
    made = []

    def make(**options: object) -> SignedClient:
        breaker = Breaker("authority", ProcessCounters(), Thresholds(failures_to_open=1000))
        given = {"base_url": sandbox.url, "key": "sandbox-authority-key", "breaker": breaker, "limits": QUICK}
        made.append(SignedClient("authority", **(given | options)))
        return made[-1]

    yield make
    for client in made:
        client.close()
