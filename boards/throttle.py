"""How often one address may make boards (REST and home page together) and log in.

Counted per process in the local cache: a limit against floods, not an accounting, and
one that does not fail when Redis is away. The rates are `BOARD_THROTTLE_*`.
"""

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from boards import addresses

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it imports throttles, by its settings


class Throttle(SimpleRateThrottle):
    """One rate; `counted` says whom a request counts for, None for nobody.

    The word before the underscore in `scope` names the setting.
    """

    def get_rate(self) -> str:
        """The rate, from the settings as they are now."""
        kind = str(self.scope).split("_")[0].upper()
        rate: str = getattr(settings, f"BOARD_THROTTLE_{kind}")
        return rate

    def get_cache_key(self, request: Request, _view: "APIView") -> str | None:
        """The cache key of whom this request counts for."""
        ident = self.counted(request)
        if ident is None:
            return None
        digest = hashlib.sha256(ident.encode()).hexdigest()[:32]
        return self.cache_format % {"scope": self.scope, "ident": digest}

    def counted(self, request: Request) -> str | None:
        """Whom this request counts for; by default its address.

        Of IPv6 the network, as bans see it: a household has 2^64 addresses in one.
        """
        plain: HttpRequest = getattr(request, "_request", request)
        return addresses.of_request(plain) or str(self.get_ident(request))


class CreateByAddress(Throttle):
    """Boards made from one address; anything but POST is free."""

    scope = "create_address"

    def counted(self, request: Request) -> str | None:
        """The address of whoever makes a board."""
        return super().counted(request) if request.method == "POST" else None


class LoginByAddress(Throttle):
    """Attempts to log in from one address."""

    scope = "login_address"


def seconds_until_board(request: HttpRequest) -> float | None:
    """How long this address must wait before it makes a board; None when it may now."""
    return seconds_until(CreateByAddress(), request)


def seconds_until(throttle: Throttle, request: HttpRequest) -> float | None:
    """Count a request; how long it must wait, None when it may go on.

    The throttle looks at nothing but the address and the method.
    """
    # It reads nothing but those; the view is not used at all.
    if throttle.allow_request(request, None):  # type: ignore[arg-type]
        return None
    return throttle.wait() or 1.0
