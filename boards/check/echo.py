"""The echo half of the connection check: any text in, a greeting out.

A `SyncConsumer` on purpose: it runs in a thread of the pool, as Django views do, and so
shows that this way through the server works too. It holds nothing, touches no board and
keeps each answer short, whatever it is sent.
"""

import json
import logging
from typing import Any, ClassVar

from channels.consumer import SyncConsumer
from channels.exceptions import StopConsumer

MAX_TEXT_CHARS = 2_000  # of what was said, in the answer; the rest is only counted
MAX_FRAMES = 1_000  # a check says a handful; after this the socket is closed
TOO_MANY = 4103  # too fast: come back later

logger = logging.getLogger(__name__)


class EchoConsumer(SyncConsumer):
    """Answers `{"type": "greeting", …}` to whatever text it gets."""

    n_received: int = 0
    scope: ClassVar[dict[str, Any]]

    def websocket_connect(self, _message: dict[str, Any]) -> None:
        """Accept everybody: there is nothing here to protect."""
        logger.info("check connect", extra=self._facts())
        self.send({"type": "websocket.accept"})

    def websocket_receive(self, message: dict[str, Any]) -> None:
        """Greet; what was said comes back as text, cut to a bearable length."""
        self.n_received += 1
        text = message.get("text")
        n_chars = len(text) if text is not None else len(message.get("bytes") or b"")
        logger.info("check receive", extra={**self._facts(), "n_chars": n_chars})
        if self.n_received > MAX_FRAMES:
            self.send({"type": "websocket.close", "code": TOO_MANY})
            return
        greeting = {
            "type": "greeting",
            "text": "Hello from the server.",
            "said": text[:MAX_TEXT_CHARS] if text is not None else None,
            "n": self.n_received,
        }
        self.send({"type": "websocket.send", "text": json.dumps(greeting)})

    def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """End with the socket."""
        facts = {**self._facts(), "code": message.get("code")}
        logger.info("check disconnect", extra=facts)
        raise StopConsumer

    def _facts(self) -> dict[str, Any]:
        client = self.scope.get("client") or ["unknown"]
        return {"client": client[0], "n_received": self.n_received}
