"""A request that drips in holds no connection; one on a slow line comes through."""

# mypy: disable-error-code="no-untyped-call"
from typing import Any

import pytest
from twisted.internet.error import ConnectionDone
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web.http import HTTPFactory, Request

from board_server.serving import steady
from board_server.serving.steady import LEAST_BYTES, SteadyChannel
from boards.outgoing import LARGE_BYTES, Burden

MINUTE_S = 60
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


class Answered(Request):
    """A request that is answered as soon as it is there."""

    def process(self) -> None:
        self.write(b"done")
        self.finish()


class Line:
    """A connection and its clock."""

    def __init__(self) -> None:
        clock: Any = Clock()
        factory: Any = HTTPFactory(timeout=MINUTE_S, reactor=clock)
        self.clock = clock
        factory.protocol = SteadyChannel
        self.channel: Any = factory.buildProtocol(None)
        self.channel.requestFactory = Answered
        self.transport = StringTransport()
        self.channel.makeConnection(self.transport)

    def bring(self, data: bytes, *, then_s: float) -> None:
        """What the caller sends, and how long nothing follows."""
        self.channel.dataReceived(data)
        self.clock.advance(then_s)

    @property
    def is_over(self) -> bool:
        return bool(self.transport.disconnecting)


@pytest.mark.parametrize("began", [b"", b"GET / HTTP/1.1\r\nX-A: ", HEAD % 5_000])
def test_a_byte_now_and_then_wins_no_time(began: bytes) -> None:
    line = Line()
    line.bring(began, then_s=0)
    for _ in range(6):
        assert not line.is_over
        line.bring(b"a", then_s=MINUTE_S / 6)

    assert line.is_over


def test_a_slow_line_brings_a_large_body() -> None:
    line = Line()
    line.bring(HEAD % (5 * LEAST_BYTES), then_s=0)
    for _ in range(5):
        line.bring(b"a" * LEAST_BYTES, then_s=MINUTE_S - 1)

    assert not line.is_over
    assert line.transport.value().endswith(b"done\r\n0\r\n\r\n")


def test_each_request_of_a_connection_has_its_own_time() -> None:
    line = Line()
    for _ in range(5):
        line.bring(HEAD % 1 + b"a", then_s=MINUTE_S - 1)

    assert not line.is_over
    line.clock.advance(1)
    assert line.is_over


class Large(Request):
    """A request with an answer larger than what its caller reads."""

    def process(self) -> None:
        self.write(b"x" * LARGE_BYTES)
        transport: Any = self.channel.transport
        transport.dataBuffer, transport.offset = transport.value(), 100
        transport._tempDataLen = 0
        self.channel.pauseProducing()  # as a real transport does when it is full
        self.finish()


def test_what_a_caller_leaves_unread_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = Burden()
    monkeypatch.setattr(steady, "outgoing", counted)
    line = Line()
    line.channel.requestFactory = Large
    line.bring(HEAD % 1 + b"a", then_s=0)

    assert LARGE_BYTES - 100 < counted.n_bytes < LARGE_BYTES + 1_000
    line.channel.resumeProducing()
    assert counted.n_bytes == 0
    line.channel.pauseProducing()  # as of a socket, long after the request
    assert counted.n_bytes == 0

    line.channel.resumeProducing()
    line.bring(HEAD % 1 + b"a", then_s=0)
    assert counted.n_bytes > 0
    line.channel.connectionLost(Failure(ConnectionDone()))
    assert counted.n_bytes == 0
