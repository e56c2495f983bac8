"""Takes away cookies that no browser sends and no database can store.

A cookie with a NUL byte, plain or written as an octal escape (which Django undoes),
makes PostgreSQL refuse the look-up of the session. Such a header is dropped whole, for
requests and sockets alike; what is left is a caller without cookies.
"""

from typing import Any, cast

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
)

_NULS = (b"\x00", b"\\000")


class CookieGuard:
    """ASGI middleware around everything that reads cookies."""

    def __init__(self, app: ASGI3Application) -> None:
        self._app = app

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass on, with the cookies or without."""
        headers: Any = scope.get("headers", [])
        if any(_is_hostile(key, value) for key, value in headers):
            good = [
                (key, value) for key, value in headers if not _is_hostile(key, value)
            ]
            scope = cast(Scope, {**scope, "headers": good})
        await self._app(scope, receive, send)


def _is_hostile(key: bytes, value: bytes) -> bool:
    return key == b"cookie" and any(nul in value for nul in _NULS)
