"""A WebSocket client that costs next to nothing: thousands of them on one core.

It follows RFC 6455 as far as a load needs it: it masks with zeros, so that a frame need
not be copied, and takes whole text frames only. The correctness of the server's frames
is tested elsewhere, by a client that validates strictly.
"""

import asyncio
import base64
import os
import zlib
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from boards.sync.framing import WINDOW_BITS

TEXT, DEFLATED, CLOSE, PING, PONG = 0x81, 0xC1, 0x88, 0x89, 0x8A  # whole frames
SYNC_MARK = b"\x00\x00\xff\xff"  # what compressed messages end with, not sent
SHORT, MIDDLE, LONG = 125, 126, 127  # what a length byte says
MASKED = 0x80
NO_MASK = bytes(4)
DEFLATES = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
OnText = Callable[[memoryview], None]


class Socket(asyncio.Protocol):
    """One connection; texts are handed to `on_text`, which must not keep the view.

    Args:
        url: where to.
        deflates: offers compression as a browser does, and uses it.

    Attributes:
        n_frames: text frames that came in.
        n_bytes: bytes that came in, with all that is around the texts.
        n_sent: bytes of all frames that went out.
        close_code: why the server closed, 0 when it did not say.
        is_closed: whether the connection is gone.
    """

    def __init__(self, url: str, *, deflates: bool = False) -> None:
        self._url = urlsplit(url)
        self._deflates = deflates
        self._compressor = zlib.compressobj(wbits=-WINDOW_BITS) if deflates else None
        self._inflater = zlib.decompressobj(wbits=-WINDOW_BITS) if deflates else None
        self._transport: asyncio.Transport | None = None
        self._held = bytearray()
        self._is_open = asyncio.get_running_loop().create_future()
        self.on_text: OnText = lambda _: None
        self.n_frames = self.n_bytes = self.n_sent = self.close_code = 0
        self._n_skipped = 0  # bytes of a frame that are still to come
        self.is_closed = False

    async def open(self) -> None:
        """Connect and shake hands.

        Raises:
            ConnectionError: the server said no.
        """
        loop = asyncio.get_running_loop()
        host, port = self._url.hostname, self._url.port
        assert host is not None and port is not None, "an address with a port"
        await loop.create_connection(lambda: self, host, port)
        await self._is_open

    def send(self, text: str) -> None:
        """Send a text; what does not fit into the socket waits in the transport."""
        if self._transport is None:
            raise ConnectionError("The socket is not open.")
        frame = self._frame(text.encode())
        self.n_sent += len(frame)
        self._transport.write(frame)

    def abort(self) -> None:
        """Drop the connection."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self._url.path} HTTP/1.1\r\nHost: {self._url.netloc}\r\n"
            f"Origin: http://{self._url.netloc}\r\n{DEFLATES if self._deflates else ''}"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take frames as they come, whole or in parts."""
        self.n_bytes += len(data)
        if not self._is_open.done():
            self._held += data
            head, found, rest = bytes(self._held).partition(b"\r\n\r\n")
            if not found:
                return
            self._held.clear()
            self._shake(head)
            data = rest
        if self._held:
            self._held += data
            data = bytes(self._held)
            self._held.clear()
        self._held += data[self._take(memoryview(data)) :]

    def stop_reading(self) -> int:
        """Leave the reading to whoever calls this; the file descriptor."""
        if self._transport is None:
            raise ConnectionError("The socket is not open.")
        self._transport.pause_reading()
        return int(self._transport.get_extra_info("socket").fileno())

    def skim(self, data: memoryview) -> None:
        """Count what came in; only short texts are handed on."""
        self.n_bytes += len(data)
        if self._held:
            data = memoryview(bytes(self._held) + data)
            self._held.clear()
        at, end = self._n_skipped, len(data)
        while at < end:
            start, length = _extent(data, at)
            if end < start or (length <= SHORT and end < start + length):
                self._held += data[at:]
                at = end
                break
            if data[at] in (TEXT, DEFLATED):
                self.n_frames += 1
            if data[at] == TEXT and length <= SHORT:
                self.on_text(data[start : start + length])
            elif data[at] == CLOSE:
                self.close_code = int.from_bytes(data[start : start + 2])
            at = start + length
        self._n_skipped = at - end

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits for the opening learns of it."""
        self.is_closed = True
        if not self._is_open.done():
            self._is_open.set_exception(exc or ConnectionError("closed"))

    def _shake(self, head: bytes) -> None:
        status = int(head.split(b" ", 2)[1])
        if status == HTTPStatus.SWITCHING_PROTOCOLS:
            self._is_open.set_result(None)
        else:
            self._is_open.set_exception(ConnectionError(f"HTTP {status}"))

    def _take(self, data: memoryview) -> int:
        """Hand on the whole frames at the front; how many bytes they were."""
        at, end = 0, len(data)
        while at < end:
            start, length = _extent(data, at)
            if end < start + length:
                break
            if data[at] in (TEXT, DEFLATED):
                self.n_frames += 1
                text = data[start : start + length]
                self.on_text(text if data[at] == TEXT else self._inflated(text))
            elif data[at] == CLOSE:
                self.close_code = int.from_bytes(data[start : start + 2])
            elif data[at] == PING and self._transport is not None:
                payload = bytes(data[start : start + length])
                self._transport.write(_masked(PONG, payload))
            at = start + length
        return at

    def _inflated(self, payload: memoryview) -> memoryview:
        assert self._inflater is not None, "compressed, and not offered"
        return memoryview(self._inflater.decompress(bytes(payload) + SYNC_MARK))

    def _frame(self, payload: bytes) -> bytes:
        first = TEXT
        if self._compressor is not None:
            first = DEFLATED
            squeezed = self._compressor.compress(payload)
            squeezed += self._compressor.flush(zlib.Z_SYNC_FLUSH)
            payload = squeezed[: -len(SYNC_MARK)]
        return _masked(first, payload)


def _masked(first: int, payload: bytes) -> bytes:
    """A whole frame of this kind, with a mask of zeros."""
    n = len(payload)
    if n <= SHORT:
        head = bytes((first, MASKED | n))
    elif n < 1 << 16:
        head = bytes((first, MASKED | MIDDLE)) + n.to_bytes(2)
    else:
        head = bytes((first, MASKED | LONG)) + n.to_bytes(8)
    return head + NO_MASK + payload


def _extent(data: memoryview, at: int) -> tuple[int, int]:
    """Where the frame that begins at `at` has its payload, and how long that is.

    With too little of a header there, where it would begin is behind the end.
    """
    if len(data) < at + 2:  # the shortest header
        return at + 2, 0
    length = data[at + 1]
    if length == MIDDLE:
        return at + 4, int.from_bytes(data[at + 2 : at + 4])
    if length == LONG:
        return at + 10, int.from_bytes(data[at + 2 : at + 10])
    return at + 2, length
