"""The bound of every request's body, kept while it arrives.

Daphne gives a request to the application when all of its body is there, so a body
without end would fill the disk before any view could refuse it. This request counts
what comes in: over the bound it answers 413 in the API's shape, keeps nothing of the
rest and closes the connection. Smaller bounds are kept by the views.

What has come in is counted for its address, too: bodies that never end, each within the
bound, would fill the disk together.

Installed by `board_server.asgi` when the server is Daphne, before it listens.
"""

import logging
from typing import Any

from daphne import http_protocol

from boards import addresses
from boards.outgoing import Burden
from boards.sync.refusals import Refused

logger = logging.getLogger(__name__)

LINGER_S = 2.0  # a sender that is cut while it writes may not see the answer: let it

COUNTED_BYTES = 1024 * 1024  # the steps in which a body is counted
arriving = Burden(
    most=2 * 1024 * 1024 * 1024, most_of_address=512 * 1024 * 1024
)  # of this process

_TOO_LARGE = "413 Content Too Large"
_BUSY = "503 Service Unavailable"
_BODY = '{{"error":{{"code":"{code}","detail":"{detail}"}}}}'
_HEAD = (
    "HTTP/1.1 {status}\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: {length}\r\n"
    "Connection: close\r\n\r\n"
)


class BoundedRequest(http_protocol.WebRequest):  # type: ignore[misc] # has no types
    """A request of Daphne that takes at most `most_bytes` of body."""

    most_bytes = 0
    _n_bytes = 0
    _n_counted = 0
    _is_cut = False

    def gotLength(self, length: int | None) -> None:
        """The headers are there, and with them what the body says of its length."""
        is_over = length is not None and length > self.most_bytes
        super().gotLength(0 if is_over else length)
        if is_over:
            self._cut_too_large()

    def handleContentChunk(self, data: bytes) -> None:
        """A part of the body came in."""
        self._n_bytes += len(data)
        if self._is_cut:
            return
        if self._n_bytes > self.most_bytes:
            self._cut_too_large()
        elif not self._has_room():
            self._cut(_BUSY, "busy", "Too much is coming in; try again.")
        else:
            super().handleContentChunk(data)

    def finish(self) -> None:
        """Answered: the body goes."""
        arriving.let_go(self)
        super().finish()

    def connectionLost(self, reason: Any) -> None:
        """Nobody waits for an answer: the body goes."""
        arriving.let_go(self)
        super().connectionLost(reason)

    def _has_room(self) -> bool:
        """Count what has come in; whether there may be so much."""
        if self._n_bytes < self._n_counted + COUNTED_BYTES:
            return True
        self._n_counted = self._n_bytes
        try:
            arriving.hold(self, address_of(self), self._n_bytes)
        except Refused:
            return False
        return True

    def process(self) -> Any:
        """All of it is there: on to the application, unless it was refused."""
        if self._is_cut:
            self.channel.loseConnection()
            return None
        # Daphne takes the root of the site from it, whoever sent it.
        self.requestHeaders.removeHeader(b"daphne-root-path")
        if self.requestHeaders.hasHeader(b"upgrade"):
            arriving.let_go(self)  # a socket's request is never finished
        return super().process()

    def _cut_too_large(self) -> None:
        detail = f"A body may have {self.most_bytes} bytes."
        self._cut(_TOO_LARGE, "too_large", detail)

    def _cut(self, status: str, code: str, detail: str) -> None:
        # Importing it before Daphne has chosen it would choose another.
        from twisted.internet import reactor

        self._is_cut = True
        self.requestHeaders.removeHeader(b"expect")  # "100 Continue" would lie now
        extra = {"most_bytes": self.most_bytes, "code": code}
        logger.warning("body refused", extra=extra)
        transport = self.channel.transport
        body = _BODY.format(code=code, detail=detail)
        head = _HEAD.format(status=status, length=len(body))
        transport.write((head + body).encode())
        transport.loseWriteConnection()
        clock: Any = reactor  # a module with methods
        clock.callLater(LINGER_S, transport.abortConnection)


def address_of(request: Any) -> str:
    """The mark of where a request of Twisted comes from, as REST sees it."""
    forwarded = request.requestHeaders.getRawHeaders(b"x-forwarded-for") or []
    host = getattr(request.client, "host", None)
    headers = [(b"x-forwarded-for", value) for value in forwarded]
    client = [host, 0] if host else None
    return addresses.of_scope({"headers": headers, "client": client}) or ""


def install(most_bytes: int) -> None:
    """Have Daphne make its requests with this bound."""
    # Daphne names the class in one place and has no setting for it.
    http_protocol.WebRequest = type(
        "WebRequest", (BoundedRequest,), {"most_bytes": most_bytes}
    )
