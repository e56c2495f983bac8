"""How often one address, and one key, may ask; the rates are `BOARD_THROTTLE_*`.

Counted per process in the local cache: a limit against floods, not an accounting, and
one that does not fail when Redis is away.
"""

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from api.authentication import shown_by

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it imports this module, by its settings


class _Throttle(SimpleRateThrottle):
    """One rate; `counted` says what a request counts for, None for nothing."""

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
        """Whom this request counts for."""
        return str(self.get_ident(request))


class ReadByAddress(_Throttle):
    """Reads from one address."""

    scope = "read_address"

    def counted(self, request: Request) -> str | None:
        """The address of a read."""
        return super().counted(request) if request.method in SAFE_METHODS else None


class WriteByAddress(_Throttle):
    """Writes from one address."""

    scope = "write_address"

    def counted(self, request: Request) -> str | None:
        """The address of a write."""
        return None if request.method in SAFE_METHODS else super().counted(request)


class ReadByKey(_Throttle):
    """Reads with one owner key, from wherever."""

    scope = "read_key"

    def counted(self, request: Request) -> str | None:
        """The key of a read."""
        return shown_by(request).key if request.method in SAFE_METHODS else None


class WriteByKey(_Throttle):
    """Writes with one owner key, from wherever."""

    scope = "write_key"

    def counted(self, request: Request) -> str | None:
        """The key of a write."""
        return None if request.method in SAFE_METHODS else shown_by(request).key


class CreateByAddress(WriteByAddress):
    """Boards made from one address."""

    scope = "create_address"
