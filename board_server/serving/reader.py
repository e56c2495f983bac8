"""A frame reader: hands the texts of one of Daphne's WebSockets to a function at once.

Autobahn takes a frame apart in a dozen calls and Daphne queues its text for a task that
has yet to wake up, which together cost several times the decoding. Here whole text
frames as clients mostly send them are read in one step, in the reactor's own turn.
Everything else (what is split, joined, compressed, a control frame, or wrong) goes to
autobahn as it came, which judges it and says what it says; texts that come out of it
take the same way, so they keep their order.

In the thread of the reactor only.
"""

import time
from collections.abc import Callable
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol
from websockets.frames import apply_mask  # type: ignore[attr-defined] # C or Python

_OPEN = WebSocketProtocol.STATE_OPEN
_FINAL_TEXT, _MASKED, _LENGTH_IN_2 = 0x81, 0x80, 126

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

    def _read(self, data: bytes) -> None:
        """What the transport received; the texts of the whole frames in it go out."""
        at = 0
        while self._is_between() and (frame := _whole_text(data, at)) is not None:
            text, at = frame
            self._protocol.last_ping = time.time()  # Daphne pings who is silent
            self._on_text(text)
        if at < len(data):
            self._rest(data[at:] if at else data)

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


def _whole_text(data: bytes, at: int) -> tuple[str, int] | None:
    """The text of a whole, single, masked frame (RFC 6455, 5.2), and where it ends.

    None for whatever is anything else or not all there.
    """
    start = at + 6
    if start >= len(data) or data[at] != _FINAL_TEXT:
        return None
    size = data[at + 1] - _MASKED
    if size == _LENGTH_IN_2:
        start += 2
        size = int.from_bytes(data[at + 2 : at + 4])
        if size < _LENGTH_IN_2:
            return None
    elif not 0 <= size < _LENGTH_IN_2:
        return None
    end = start + size
    if end > len(data):
        return None
    try:
        return apply_mask(data[start:end], data[start - 4 : start]).decode(), end
    except UnicodeDecodeError:
        return None
