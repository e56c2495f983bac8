"""Sockets of the check count like those of boards: an address has so many of both."""

import logging
from typing import Any

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    Scope,
)

from boards.quotas import Membership
from boards.sync.refusals import CLOSE_GOING_AWAY, Refused

logger = logging.getLogger(__name__)


class Counted:
    """ASGI middleware around a socket; refuses the handshake of one too many."""

    def __init__(self, app: ASGI3Application) -> None:
        self._app = app

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Pass on, and count until the application returns."""
        extended: dict[str, Any] = dict(scope)
        membership = Membership(extended.get("address") or "", "")
        try:
            membership.begin()
        except Refused as refusal:
            logger.info("check refused", extra={"code": refusal.code.value})
            await receive()  # the connect, which a server sends first
            await send(
                {"type": "websocket.close", "code": CLOSE_GOING_AWAY, "reason": None}
            )
            return
        try:
            await self._app(scope, receive, send)
        finally:
            membership.end()
