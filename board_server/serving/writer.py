"""A frame writer: puts prepared WebSocket frames on one socket of Daphne's.

Daphne frames, encodes and queues each message for each socket, and asks the selector
twice, which costs several times the system call that it is about. Here a frame that was
made once for all sockets goes to the kernel at once when nothing waits before it; else,
or with what the kernel has no room for, it joins what the transport has queued. All
bytes of a socket go through that one transport, so they keep their order: handshake,
pongs, close frames and whatever the application sends by ASGI.

It never raises and never calls back: a socket that is dead is found out by the reactor
in its own turn, as it always is. In the thread of the reactor only.
"""

from collections.abc import Callable
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol
from twisted.internet import tcp
from twisted.protocols.policies import ProtocolWrapper

from board_server.serving.deflate import Deflater
from boards.sync.framing import Parcel

_OPEN = WebSocketProtocol.STATE_OPEN


class FrameWriter:
    """Writes to the socket of one of Daphne's WebSocket protocols."""

    __slots__ = (
        "_deflater",
        "_deflates",
        "_is_direct",
        "_protocol",
        "_send",
        "_transport",
    )

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._transport: Any = None  # known when the handshake is over
        self._is_direct = False
        self._deflates = False
        self._deflater: Deflater | None = None
        self._send: Callable[[bytes], int]

    def write(self, parcel: Parcel) -> int:
        """Send the frames of a parcel; on a socket that is not open no effect.

        Returns:
            The backlog in bytes: what this process still holds for the socket.
        """
        protocol = self._protocol
        if protocol.state != _OPEN:  # before the handshake, closing or closed
            return 0
        transport = self._transport or self._settle()
        if transport.disconnecting:
            return 0
        frames = self._compressed(parcel) if self._deflates else parcel.data
        if (
            not self._is_direct
            or transport._tempDataBuffer
            or transport.dataBuffer
            or protocol.send_queue
        ):
            protocol.sendData(frames)  # behind what waits, and encrypted if agreed
            return self.backlog
        try:
            n_sent = self._send(frames)
        except OSError:  # full, or dead: then the reactor's own write will see it
            n_sent = 0
        if n_sent == len(frames):
            return 0
        transport.write(frames[n_sent:])
        return self.backlog

    @property
    def backlog(self) -> int:
        """How many bytes the transport has queued; the kernel's buffer is not seen."""
        transport = self._protocol.transport
        while isinstance(transport, ProtocolWrapper):  # TLS lies over the socket's own
            transport = transport.transport
        n_joined = len(transport.dataBuffer) - transport.offset
        return int(n_joined + transport._tempDataLen)

    def _settle(self) -> Any:
        """Look once at what the handshake has led to; the transport."""
        transport = self._transport = self._protocol.transport
        is_plain = type(transport) is tcp.Server and not transport.TLS
        self._is_direct = is_plain
        if is_plain:
            self._send = transport.socket.send
        self._deflates = self._protocol._perMessageCompress is not None
        return transport

    def _compressed(self, parcel: Parcel) -> bytes:
        """As was agreed; the other side has one memory for all that is compressed."""
        if parcel.is_for_few:
            self._deflater = self._deflater or Deflater()
            return self._deflater.frames(parcel.texts)
        if not parcel.is_worth_it:
            return parcel.data  # always allowed, and not remembered
        self._deflater = None  # it would not know what the other side remembers
        return parcel.squeezed
