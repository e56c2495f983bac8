"""What a socket gets that asks for a path nobody serves: a handshake with 403."""

import logging
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable

logger = logging.getLogger(__name__)


async def refuse_socket(
    scope: dict[str, Any], receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """Refuse the handshake; without this, the router would raise."""
    logger.info("socket refused", extra={"path": scope["path"]})
    await receive()
    await send({"type": "websocket.close", "code": 4004, "reason": None})
