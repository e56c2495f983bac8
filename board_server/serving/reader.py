"""A frame reader: hands the texts of one of Daphne's WebSockets to a function at once.

Autobahn takes a frame apart in a dozen calls and Daphne queues its text for a task that
has yet to wake up, which together cost several times the decoding. Here whole text
frames as clients mostly send them are read in one step, in the reactor's own turn.
Everything else (what is split, not all there, a control frame, or wrong) goes to
autobahn as it came, which judges it and says what it says; texts that come out of it
take the same way, so they keep their order.

In the thread of the reactor only.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from socket import socket
from typing import Any

from autobahn.exception import PayloadCorruptError, PayloadExceededError
from autobahn.websocket.protocol import WebSocketProtocol
from twisted.internet import tcp
from websockets.frames import apply_mask  # type: ignore[attr-defined] # C or Python

_OPEN = WebSocketProtocol.STATE_OPEN
_FINAL_TEXT, _FINAL_DEFLATED_TEXT = 0x81, 0xC1
_MASKED, _LENGTH_IN_2 = 0x80, 126

_MOST_BYTES = 64 * 1024  # of one system call

log = logging.getLogger(__name__)

OnText = Callable[[str | None], None]


class FrameReader:
    """Reads the socket of one of Daphne's WebSocket protocols."""

    __slots__ = ("_on_text", "_protocol", "_rest")

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol

    def start(self, on_text: OnText) -> None:
        """Hand over from now on, instead of ASGI's `websocket.receive`.

        Args:
            on_text: takes each message's text, None for a binary one; never raises.
        """
        protocol = self._protocol
        self._on_text = on_text
        self._rest: Callable[[bytes], None] = protocol.dataReceived
        protocol.dataReceived = self._read
        protocol.onMessage = self._heard
        transport = protocol.transport
        if type(transport) is tcp.Server and not transport.TLS:
            self._read_past_twisted(transport)

    def _read_past_twisted(self, transport: Any) -> None:
        """Have the loop call us when there is something, not four of Twisted's layers.

        Twisted goes on believing that it reads, so whatever it does to end or pause
        that works as ever; if it begins again, it does so by its own way.
        """
        from twisted.internet import reactor

        readers = getattr(reactor, "_readers", {})  # of an asyncio reactor
        if transport in readers:
            loop = asyncio.get_running_loop()
            loop.add_reader(readers[transport], self._readable, transport, reactor)

    def _readable(self, transport: Any, reactor: Any) -> None:
        connected: socket = transport.socket
        try:
            data = connected.recv(_MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            reactor._readOrWrite(transport, True)  # Twisted sees the end itself
            return
        try:
            self._protocol.dataReceived(data)
        except Exception:
            log.exception("reading failed")
            transport.abortConnection()

    def _read(self, data: bytes) -> None:
        """What the transport received; the texts of the whole frames in it go out."""
        at = 0
        while self._is_between() and (end := _end_of_text(data, at)):
            text = self._text(data[at:end])
            if text is None:
                break
            at = end
            self._protocol.last_ping = time.time()  # Daphne pings who is silent
            self._on_text(text)
        if at < len(data):
            self._rest(data[at:] if at else data)

    def _text(self, frame: bytes) -> str | None:
        """What a whole frame says; None when autobahn is to judge it."""
        start = 8 if frame[1] == _MASKED + _LENGTH_IN_2 else 6
        payload = apply_mask(frame[start:], frame[start - 4 : start])
        if frame[0] == _FINAL_DEFLATED_TEXT:
            return self._inflated(payload)
        try:
            return payload.decode()
        except UnicodeDecodeError:
            return None

    def _inflated(self, payload: bytes) -> str | None:
        """The text of a compressed frame; all of them share one memory."""
        protocol = self._protocol
        agreed = protocol._perMessageCompress
        if agreed is None:
            return None
        agreed.start_decompress_message()
        before = agreed._decompressor.copy()
        try:
            inflated: bytes = agreed.decompress_message_data(
                payload, max_output_len=protocol.maxMessagePayloadSize or None
            )
            agreed.end_decompress_message()
            return inflated.decode()
        except (PayloadCorruptError, PayloadExceededError, UnicodeDecodeError):
            agreed._decompressor = before  # autobahn comes to the same, and says so
            return None

    def _is_between(self) -> bool:
        """Whether autobahn holds nothing that the next bytes belong to."""
        protocol = self._protocol
        return (
            protocol.state == _OPEN
            and not protocol.data
            and protocol.current_frame is None
            and not protocol.inside_message
            and not protocol.muted
        )

    def _heard(self, payload: bytes, is_binary: bool) -> None:
        """What came out of autobahn; it has checked that a text is UTF-8."""
        if not self._protocol.muted:
            self._protocol.last_ping = time.time()
            self._on_text(None if is_binary else payload.decode())


def _end_of_text(data: bytes, at: int) -> int:
    """Where a whole, single, masked text frame ends (RFC 6455, 5.2).

    0 for whatever is anything else or not all there.
    """
    start = at + 6
    if start >= len(data) or data[at] not in (_FINAL_TEXT, _FINAL_DEFLATED_TEXT):
        return 0
    size = data[at + 1] - _MASKED
    if size == _LENGTH_IN_2:
        start += 2
        size = int.from_bytes(data[at + 2 : at + 4])
        if size < _LENGTH_IN_2:
            return 0
    elif not 0 <= size < _LENGTH_IN_2:
        return 0
    end = start + size
    return end if end <= len(data) else 0
