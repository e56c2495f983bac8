"""Bodies that come in are counted for their address, from the first megabyte on."""

# mypy: disable-error-code="no-untyped-call"
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.error import ConnectionDone
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web.http import HTTPFactory, Request

from board_server import body_limit
from board_server.body_limit import COUNTED_BYTES, BoundedRequest
from boards.outgoing import Burden

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


def answered(request: Any) -> None:
    """What Daphne does with a request that is there, at once."""
    if not request.requestHeaders.hasHeader(b"upgrade"):
        request.write(b"done")
        request.finish()


class Answered(BoundedRequest):
    """A request without Daphne around it."""

    most_bytes = 10 * COUNTED_BYTES

    def __init__(self, *given: Any, **named: Any) -> None:
        Request.__init__(self, *given, **named)
        self.application_queue = self.client_addr = None
        self.server = SimpleNamespace(protocol_disconnected=lambda _: None)

    def _cut(self, status: str, _code: str, _detail: str) -> None:
        self._is_cut = True
        self.channel.transport.write(status.encode())


@pytest.fixture(autouse=True)
def arriving(monkeypatch: pytest.MonkeyPatch) -> Burden:
    """Nothing has come in yet, and not much may."""
    burden = Burden(most_of_address=5 * COUNTED_BYTES)
    monkeypatch.setattr(BoundedRequest.__bases__[0], "process", answered)
    monkeypatch.setattr(body_limit, "arriving", burden)
    return burden


def line_from(host: str) -> tuple[Any, StringTransport]:
    """A connection from there, and what is said on it."""
    clock: Any = Clock()
    factory = HTTPFactory(timeout=60, reactor=clock)
    channel: Any = factory.buildProtocol(None)
    channel.requestFactory = Answered
    transport = StringTransport(peerAddress=IPv4Address("TCP", host, 1))
    channel.makeConnection(transport)
    return channel, transport


def test_bodies_of_one_address_have_a_bound_together(arriving: Burden) -> None:
    (first, _), (second, said), (other, _) = (line_from(f"10.0.0.{n}") for n in "112")
    for channel in (first, second, other):
        channel.dataReceived(HEAD % (4 * COUNTED_BYTES))
    for channel in (first, other):
        channel.dataReceived(b"x" * 3 * COUNTED_BYTES)
    assert arriving.n_bytes == 6 * COUNTED_BYTES

    second.dataReceived(b"x" * 3 * COUNTED_BYTES)

    assert said.value().startswith(b"503")
    assert arriving.n_bytes == 6 * COUNTED_BYTES
    for channel in (first, second, other):
        channel.connectionLost(Failure(ConnectionDone()))
    assert arriving.n_bytes == 0


def test_what_is_answered_counts_no_more(arriving: Burden) -> None:
    channel, said = line_from("10.0.0.1")
    for _ in range(3):
        channel.dataReceived(HEAD % (4 * COUNTED_BYTES) + b"x" * 2 * COUNTED_BYTES)
        assert arriving.n_bytes >= 2 * COUNTED_BYTES - len(HEAD)
        channel.dataReceived(b"x" * 2 * COUNTED_BYTES)

    assert said.value().count(b"done") == 3
    assert arriving.n_bytes == 0


def test_what_came_with_a_handshake_counts_no_more(arriving: Burden) -> None:
    channel, _ = line_from("10.0.0.1")
    channel.dataReceived(
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
        b"Content-Length: %d\r\n\r\n" % (3 * COUNTED_BYTES)
    )
    channel.dataReceived(b"x" * 2 * COUNTED_BYTES)
    assert arriving.n_bytes == 2 * COUNTED_BYTES
    channel.dataReceived(b"x" * COUNTED_BYTES)

    assert arriving.n_bytes == 0
    channel.connectionLost(Failure(ConnectionDone()))
