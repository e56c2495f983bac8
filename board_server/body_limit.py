"""The bound of every request's body, kept while it arrives.

Daphne gives a request to the application when all of its body is there, so a body
without end would fill the disk before any view could refuse it. This request counts
what comes in: over the bound it answers 413 in the API's shape, keeps nothing of the
rest and closes the connection. Smaller bounds are kept by the views.

Installed by `board_server.asgi` when the server is Daphne, before it listens.
"""

import logging
from typing import Any

from daphne import http_protocol

logger = logging.getLogger(__name__)

LINGER_S = 2.0  # a sender that is cut while it writes may not see the answer: let it

_BODY = '{{"error":{{"code":"too_large","detail":"A body may have {most} bytes."}}}}'
_HEAD = (
    "HTTP/1.1 413 Content Too Large\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: {length}\r\n"
    "Connection: close\r\n\r\n"
)


class BoundedRequest(http_protocol.WebRequest):  # type: ignore[misc] # has no types
    """A request of Daphne that takes at most `most_bytes` of body."""

    most_bytes = 0
    _n_bytes = 0
    _is_cut = False

    def gotLength(self, length: int | None) -> None:
        """The headers are there, and with them what the body says of its length."""
        is_over = length is not None and length > self.most_bytes
        super().gotLength(0 if is_over else length)
        if is_over:
            self._cut()

    def handleContentChunk(self, data: bytes) -> None:
        """A part of the body came in."""
        self._n_bytes += len(data)
        if self._is_cut:
            return
        if self._n_bytes > self.most_bytes:
            self._cut()
            return
        super().handleContentChunk(data)

    def process(self) -> Any:
        """All of it is there: on to the application, unless it was refused."""
        if self._is_cut:
            self.channel.loseConnection()
            return None
        # Daphne takes the root of the site from it, whoever sent it.
        self.requestHeaders.removeHeader(b"daphne-root-path")
        return super().process()

    def _cut(self) -> None:
        # Importing it before Daphne has chosen it would choose another.
        from twisted.internet import reactor

        self._is_cut = True
        self.requestHeaders.removeHeader(b"expect")  # "100 Continue" would lie now
        logger.warning("body refused", extra={"most_bytes": self.most_bytes})
        transport = self.channel.transport
        body = _BODY.format(most=self.most_bytes)
        transport.write((_HEAD.format(length=len(body)) + body).encode())
        transport.loseWriteConnection()
        clock: Any = reactor  # a module with methods
        clock.callLater(LINGER_S, transport.abortConnection)


def install(most_bytes: int) -> None:
    """Have Daphne make its requests with this bound."""
    # Daphne names the class in one place and has no setting for it.
    http_protocol.WebRequest = type(
        "WebRequest", (BoundedRequest,), {"most_bytes": most_bytes}
    )
