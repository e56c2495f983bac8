"""Puts the creator cookie's verified value into a socket's scope.

`scope["creator"]` is the random token of the browser that created boards, or None. The
cookie's form is the business of `boards.creator`; here it is only read, after the
origin check (which takes the cookies of foreign pages away). Used by
`board_server.asgi`.
"""

from typing import Any, cast

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
)

from boards import creator


class CreatorScope:
    """ASGI middleware inside Channels' cookie middleware."""

    def __init__(self, app: ASGI3Application) -> None:
        self._app = app

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass on with `creator` added."""
        extended: dict[str, Any] = dict(scope)
        extended["creator"] = creator.read(extended.get("cookies", {}))
        await self._app(cast(Scope, extended), receive, send)
