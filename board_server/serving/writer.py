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

from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol
from twisted.internet import tcp
from twisted.protocols.policies import ProtocolWrapper

from boards.sync.framing import payload_of

_OPEN = WebSocketProtocol.STATE_OPEN


class FrameWriter:
    """Writes to the socket of one of Daphne's WebSocket protocols."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol

    def write(self, frame: bytes) -> int:
        """Send a whole, unmasked text frame; on a socket that is not open no effect.

        Returns:
            The backlog in bytes: what this process still holds for the socket.
        """
        protocol = self._protocol
        transport: Any = protocol.transport
        if protocol.state != _OPEN or transport.disconnecting:
            return 0  # before the handshake, closing or closed
        if transport.__class__ is not tcp.Server or transport.TLS:
            self._queue(frame)
        elif (
            transport._tempDataBuffer
            or transport.dataBuffer
            or protocol.send_queue
            or protocol._perMessageCompress is not None
        ):
            self._queue(frame)
        else:
            try:
                n_sent = transport.socket.send(frame)
            except OSError:  # full, or dead: then the reactor's own write will see it
                n_sent = 0
            if n_sent == len(frame):
                return 0
            protocol.transport.write(frame[n_sent:])
        return self.backlog

    @property
    def backlog(self) -> int:
        """How many bytes the transport has queued; the kernel's buffer is not seen."""
        transport = self._protocol.transport
        while isinstance(transport, ProtocolWrapper):  # TLS lies over the socket's own
            transport = transport.transport
        n_joined = len(transport.dataBuffer) - transport.offset
        return int(n_joined + transport._tempDataLen)

    def _queue(self, frame: bytes) -> None:
        """As autobahn sends: behind what waits, encrypted or compressed if agreed."""
        protocol = self._protocol
        is_too_long = 0 < protocol.maxMessagePayloadSize < len(frame)  # it would raise
        if protocol._perMessageCompress is None or is_too_long:
            protocol.sendData(frame)  # uncompressed is always allowed
        else:
            protocol.sendMessage(payload_of(frame))
