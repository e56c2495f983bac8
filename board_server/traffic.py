"""Knows which requests and sockets are open, so that a stop can let them end.

The outermost ASGI application. It only counts; `board_server.shutdown` asks it to wait
and, for sockets that nobody has closed by then, to say `going away`.
"""

import asyncio
from typing import Any

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
)

GOING_AWAY = 4100  # clients come back after a moment, to another process


class Traffic:
    """ASGI middleware that keeps the open calls of one event loop."""

    def __init__(self, app: ASGI3Application) -> None:
        """Count what goes through to `app`."""
        self._app = app
        self._n_open = 0
        self._sockets: set[ASGISendCallable] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass on; the call is open until the application returns."""
        self._n_open += 1
        self._idle.clear()
        if scope["type"] == "websocket":
            self._sockets.add(send)
        try:
            await self._app(scope, receive, send)
        finally:
            self._sockets.discard(send)
            self._n_open -= 1
            if self._n_open == 0:
                self._idle.set()

    async def close_sockets(self) -> None:
        """Say `going away` on every socket that is still open."""
        farewell: Any = {"type": "websocket.close", "code": GOING_AWAY, "reason": None}
        for send in list(self._sockets):
            await send(farewell)

    async def until_idle(self) -> None:
        """Return when nothing is open any more."""
        await self._idle.wait()
