"""The frame reader beside autobahn alone: both hear and answer the same."""

import os
import zlib
from collections.abc import Callable
from typing import Any

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from hypothesis import example, given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport

from board_server.serving.deflate import accept
from board_server.serving.reader import FrameReader
from boards.sync.framing import WINDOW_BITS

Compressor = Any  # zlib names no type

TEXT, PIECE, PING = 0x1, 0x0, 0x9
FINAL, DEFLATED, MASKED = 0x80, 0x40, 0x80
MAX_BYTES = 1024 * 1024
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: chalkline.test\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n"
)


class Line(StringTransport):
    """A transport in memory that takes what TCP's takes."""

    def unregisterProducer(self) -> None:
        """Nothing to do, also when there is none."""


class Heard(WebSocketServerProtocol):
    """A socket that keeps what it heard, with what Daphne adds to one."""

    line: Any
    muted = False
    last_ping = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str | None] = []

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        self.texts.append(None if isBinary else payload.decode())


def opened(*, fast: bool) -> Heard:
    """A socket after its handshake, read by a frame reader or not."""
    factory: Any = WebSocketServerFactory(reactor=Clock())  # type: ignore[no-untyped-call]
    factory.protocol = Heard
    factory.setProtocolOptions(
        failByDrop=False,  # it says what was wrong
        perMessageCompressionAccept=accept,
        maxMessagePayloadSize=MAX_BYTES,
    )
    protocol: Heard = factory.buildProtocol(None)
    if fast:  # as the application does it: before the handshake is over
        FrameReader(protocol).start(protocol.texts.append)
    protocol.line = Line()  # type: ignore[no-untyped-call]
    protocol.makeConnection(protocol.line)  # type: ignore[no-untyped-call]
    protocol.dataReceived(HANDSHAKE)
    protocol.line.clear()
    return protocol


def masked(first: int, payload: bytes) -> bytes:
    """A frame as a client sends it, with a real mask."""
    size = len(payload)
    if size < 126:
        head = bytes((first, MASKED | size))
    elif size < 1 << 16:
        head = bytes((first, MASKED | 126)) + size.to_bytes(2)
    else:
        head = bytes((first, MASKED | 127)) + size.to_bytes(8)
    key = os.urandom(4)
    body = bytes(byte ^ key[n % 4] for n, byte in enumerate(payload))
    return head + key + body


def whole(text: str, _: Compressor) -> bytes:
    return masked(FINAL | TEXT, text.encode())


def split(text: str, _: Compressor) -> bytes:
    """A text in two frames with a ping between them."""
    data = text.encode()
    half = len(data) // 2
    return (
        masked(TEXT, data[:half])
        + masked(FINAL | PING, b"still there?")
        + masked(FINAL | PIECE, data[half:])
    )


def squeezed(text: str, compressor: Compressor) -> bytes:
    """A text compressed as a browser does, with those before in mind."""
    data = compressor.compress(text.encode()) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return masked(FINAL | DEFLATED | TEXT, data[:-4])


Shape = Callable[[str, Compressor], bytes]


def sent(messages: list[tuple[str, Shape]]) -> bytes:
    """The bytes of a client that sends these."""
    compressor = zlib.compressobj(wbits=-WINDOW_BITS)
    return b"".join(frame(text, compressor) for text, frame in messages)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
MESSAGES = st.tuples(TEXTS, st.sampled_from([whole, split, squeezed]))


def feed(protocol: Heard, data: bytes, sizes: list[int]) -> None:
    """Let it come in pieces of these sizes, again and again."""
    at = n = 0
    while at < len(data):
        size = sizes[n % len(sizes)]
        protocol.dataReceived(data[at : at + size])
        at, n = at + size, n + 1


def both(data: bytes, sizes: list[int]) -> tuple[Heard, Heard]:
    fast, plain = opened(fast=True), opened(fast=False)
    feed(fast, data, sizes)
    feed(plain, data, sizes)
    return fast, plain


def assert_same(fast: Heard, plain: Heard) -> None:
    assert fast.texts == plain.texts
    assert fast.line.value() == plain.line.value()
    assert fast.state == plain.state


@given(
    st.lists(MESSAGES, max_size=8),
    st.lists(st.integers(1, 300), min_size=1, max_size=5),
)
def test_texts_come_in_order_however_they_are_cut(
    messages: list[tuple[str, Shape]], sizes: list[int]
) -> None:
    data = sent(messages)

    fast, plain = both(data, sizes)

    assert fast.texts == [text for text, _ in messages]
    assert_same(fast, plain)


@given(
    st.lists(MESSAGES, min_size=1, max_size=4),
    st.integers(0, 10_000),
    st.integers(1, 255),
    st.lists(st.integers(1, 300), min_size=1, max_size=3),
)
@example([("ä", whole)], 7, 0x40, [1000])  # no longer UTF-8
@example([("a" * 126, whole)], 3, 0x7F, [1000])  # a length in more bytes than needed
@example([("a", whole)], 1, 0x80, [1000])  # not masked
@example([("a", whole)], 0, 0x40, [1000])  # said to be compressed
@example([("a", whole)], 0, 0x20, [1000])  # a flag that nobody agreed to
@example([("a" * 50, squeezed), ("a" * 50, squeezed)], 8, 0xFF, [1000])
def test_a_spoilt_byte_ends_a_socket_as_without_the_reader(
    messages: list[tuple[str, Shape]],
    place: int,
    flip: int,
    sizes: list[int],
) -> None:
    data = bytearray(sent(messages))
    data[place % len(data)] ^= flip

    assert_same(*both(bytes(data), sizes))


def test_a_long_text_comes_in_one_piece() -> None:
    text = "ß" * 100_000

    fast, plain = both(sent([(text, whole), ("after", whole)]), [65_536])

    assert fast.texts == [text, "after"]
    assert_same(fast, plain)


def test_a_bomb_is_not_inflated() -> None:
    bomb = "a" * (MAX_BYTES + 1)

    fast, plain = both(sent([("before", squeezed), (bomb, squeezed)]), [65_536])

    assert fast.texts == ["before"]
    assert_same(fast, plain)


def test_a_binary_message_is_told_as_none() -> None:
    fast = opened(fast=True)

    fast.dataReceived(masked(FINAL | 0x2, b"\x00") + sent([("after", whole)]))

    assert fast.texts == [None, "after"]


def test_a_muted_socket_hears_nothing() -> None:
    fast = opened(fast=True)
    fast.muted = True

    fast.dataReceived(sent([("a", whole), ("b", split), ("c", squeezed)]))

    assert fast.texts == []
