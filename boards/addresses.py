"""Where a caller comes from, as a keyed hash: enough to know an address again.

The address itself is kept nowhere. IPv6 callers are known by their /64 network, which
is what one household has. How many proxies are believed is `BOARD_PROXIES`, as for
throttles; without one the socket's own address counts. Called by the pages, REST and
the socket's middleware; what a mark is good for is the business of `bans`.
"""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "chalkline.address"
PREFIX_V6 = 64  # bits; within it one household changes its address at will


def mark(address: str) -> str | None:
    """The keyed hash of an address or of its network; None for what is none."""
    try:
        found = ipaddress.ip_address(address.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        else:
            network = ipaddress.ip_network((found, PREFIX_V6), strict=False)
            found = network.network_address
    return salted_hmac(SALT, str(found), algorithm="sha256").hexdigest()


def of_request(request: HttpRequest) -> str | None:
    """The mark of where an HTTP request comes from."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR")
    return _mark(forwarded, request.META.get("REMOTE_ADDR"))


def of_scope(scope: dict[str, Any]) -> str | None:
    """The mark of where a socket comes from."""
    forwarded = [v for name, v in scope["headers"] if name == b"x-forwarded-for"]
    client = scope.get("client")
    text = b",".join(forwarded).decode("latin1") if forwarded else None
    return _mark(text, client[0] if client else None)


def _mark(forwarded: str | None, connected: str | None) -> str | None:
    """What the last of our own proxies saw; further to the left anybody may lie."""
    if settings.BOARD_PROXIES and forwarded:
        hops = forwarded.split(",")
        return mark(hops[-min(settings.BOARD_PROXIES, len(hops))])
    return mark(connected) if connected else None
