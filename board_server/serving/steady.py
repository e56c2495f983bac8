"""Connections on which a request must come in steadily, and answers are counted.

Twisted gives a connection sixty seconds from its last byte, so a byte a minute holds it
for ever, and some thousands of those hold a server. Here the time starts anew with each
answer and with as much of a request as a slow line brings in that time, not with less.

Of an answer Twisted keeps whatever the caller does not read, as much as there is: it is
told to `boards.outgoing`, which lets nobody have too much of that.
"""

from typing import Any

from twisted.protocols.policies import ProtocolWrapper
from twisted.python.failure import Failure
from twisted.web.http import HTTPChannel

from board_server.body_limit import address_of
from boards.outgoing import outgoing

LEAST_BYTES = 16 * 1024  # in `HTTPFactory.timeOut`, a minute: two kilobits a second


class SteadyChannel(HTTPChannel):
    """An HTTP connection; see the module."""

    _n_bytes = 0

    def dataReceived(self, data: bytes) -> None:
        """A part of a request came in."""
        self._n_bytes += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def resetTimeout(self) -> None:
        """Called with every part; most of them win no time."""
        if self._n_bytes >= LEAST_BYTES:
            self._n_bytes = 0
            super().resetTimeout()  # type: ignore[no-untyped-call]

    def requestDone(self, request: Any) -> None:
        """Answered: the next one has all the time again."""
        self._n_bytes = 0
        super().requestDone(request)  # type: ignore[no-untyped-call]

    def pauseProducing(self) -> None:
        """More was written than the caller has read so far."""
        super().pauseProducing()  # type: ignore[no-untyped-call]
        if self.requests:  # not after it has become a socket
            n_bytes = _n_unsent(self.transport)
            outgoing.tell(self, address_of(self.requests[0]), n_bytes)

    def resumeProducing(self) -> None:
        """The caller has read all of it."""
        super().resumeProducing()  # type: ignore[no-untyped-call]
        outgoing.let_go(self)

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        """Nothing of it is left."""
        super().connectionLost(reason)  # type: ignore[no-untyped-call]
        outgoing.let_go(self)


def _n_unsent(transport: Any) -> int:
    """How many bytes the transport holds; of TLS those that are encrypted already."""
    while isinstance(transport, ProtocolWrapper):
        transport = transport.transport
    n_joined = len(transport.dataBuffer) - transport.offset
    return int(n_joined + transport._tempDataLen)
