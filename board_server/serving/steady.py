"""Connections on which a request must come in steadily.

Twisted gives a connection sixty seconds from its last byte, so a byte a minute holds it
for ever, and some thousands of those hold a server. Here the time starts anew with each
answer and with as much of a request as a slow line brings in that time, not with less.
"""

from typing import Any

from twisted.web.http import HTTPChannel

LEAST_BYTES = 16 * 1024  # in `HTTPFactory.timeOut`, a minute: two kilobits a second


class SteadyChannel(HTTPChannel):
    """An HTTP connection; see the module."""

    _n_bytes = 0

    def dataReceived(self, data: bytes) -> None:
        """A part of a request came in."""
        self._n_bytes += len(data)
        super().dataReceived(data)

    def resetTimeout(self) -> None:
        """Called with every part; most of them win no time."""
        if self._n_bytes >= LEAST_BYTES:
            self._n_bytes = 0
            super().resetTimeout()  # type: ignore[no-untyped-call]

    def requestDone(self, request: Any) -> None:
        """Answered: the next one has all the time again."""
        self._n_bytes = 0
        super().requestDone(request)  # type: ignore[no-untyped-call]
