"""What counts as one place on the network: wherever addresses are compared, counted or locked, they are folded here first."""

import ipaddress

from django.http import HttpRequest

from realname.access.actor import client_ip

# an IPv6 host has a /64 to itself, and changes its address in it as it likes (RFC 6177, RFC 8981)
IPV6_PREFIX = 64


def network_of(address: str) -> str:
    """An IPv4 address itself, or the /64 of an IPv6 one as `2001:db8:1:2::/64`; empty for what is no address."""
    network = _network(address)
    if network is None:
        return ""
    return str(network) if network.version == 6 else str(network.network_address)


def sign_in_place(request: HttpRequest) -> str:
    """The place a sign-in comes from, written as an address: of an IPv6 network its first. As django-axes keeps it."""
    network = _network(client_ip(request))
    return str(network.network_address) if network is not None else ""


def _network(address: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    # an IPv4 client of a socket that speaks IPv6
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ipaddress.ip_network((ip, 32 if ip.version == 4 else IPV6_PREFIX), strict=False)
