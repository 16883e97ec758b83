"""One place on the network is one, however many addresses it has."""

import pytest
from django.test import RequestFactory

from realname.access.network import network_of, sign_in_place


@pytest.mark.parametrize(
    ("address", "network", "as_address"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64", "fe80::"),
        ("", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_an_ipv6_host_is_one_place(rf: RequestFactory, address, network, as_address):
    """It has a /64 to itself (RFC 6177)."""
    assert network_of(address) == network
    assert sign_in_place(rf.get("/", REMOTE_ADDR=address)) == as_address
