"""The socket under a board client: connects, counts, confirms, and may come back.

It knows frames as text only; what they mean is the business of `sockets`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from boards.sync import protocol
from boards.sync.protocol import Hello, Ping

COME_BACK_S = 0.1  # between two tries of a client that stays
CONFIRM_CHARS = 32 * 1024  # often enough that no test is cut as a slow reader
MAX_FRAME_BYTES = 32 * 1024 * 1024  # hundreds of corpus strokes in one frame
NO_ANSWER = 1006  # what a socket that never opened is said to be closed with


class Link:
    """Visits one address, again and again if told to.

    Args:
        url: of the socket.
        hello: makes the first frame of a visit.
        receive: takes each frame, in order.
        seq: how far the client is, for pings.
        headers: further ones of the handshake.
    """

    def __init__(
        self,
        url: str,
        *,
        hello: Callable[[], Hello],
        receive: Callable[[str], Awaitable[None]],
        seq: Callable[[], int],
        headers: Mapping[str, str],
    ) -> None:
        self.close_code: int | None = None
        self._url = url
        self._hello = hello
        self._receive = receive
        self._seq = seq
        self._headers = headers
        self._socket: ClientConnection | None = None
        self._n_received = 0
        self._n_unconfirmed = 0  # characters

    @property
    def is_up(self) -> bool:
        """Whether there is a socket right now."""
        return self._socket is not None

    async def visit(self) -> None:
        """One socket, from connect to close.

        Raises:
            whatever `receive` raises; a lost connection is no fault.
        """
        try:
            async with connect(
                self._url,
                max_size=MAX_FRAME_BYTES,
                proxy=None,
                close_timeout=1,
                additional_headers=self._headers,
            ) as socket:
                try:
                    await self._serve(socket)
                except ConnectionClosed:
                    pass
                finally:
                    self.close_code = socket.close_code
        except (InvalidHandshake, OSError, TimeoutError):
            self.close_code = self.close_code or NO_ANSWER
        finally:
            self._socket = None

    async def _serve(self, socket: ClientConnection) -> None:
        self._n_received = 0
        self._socket = socket
        await socket.send(protocol.encode(self._hello()))
        async for text in socket:
            self._n_received += 1
            await self._receive(str(text))
            self._n_unconfirmed += len(text)
            if self._n_unconfirmed > CONFIRM_CHARS:
                await self.ping()

    async def send(self, frame: str | bytes) -> None:
        """Send, if there is a socket."""
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(frame)

    async def ping(self) -> None:
        """Confirm what was received, and ask for a pong."""
        self._n_unconfirmed = 0
        await self.send(protocol.encode(Ping(self._seq(), self._n_received)))

    def abort(self) -> None:
        """Lose the connection as a dead network does: no close frame."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def close(self) -> None:
        """Say goodbye."""
        if self._socket is not None:
            await self._socket.close()


async def pause() -> None:
    """Between two visits of a client that stays."""
    await asyncio.sleep(COME_BACK_S)
