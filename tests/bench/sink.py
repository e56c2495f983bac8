"""Reads many sockets for next to nothing: only counts, and hears the pace.

A loop's callbacks cost ten microseconds for each reading, which at five thousand
sockets is more than the server spends on sending. Here one call waits for all of them,
and their bytes go into one buffer that is looked at and forgotten.
"""

import asyncio
import os
import select

from tests.support.light_sockets import Socket

BUFFER_BYTES = 256 * 1024
AT_ONCE = 200  # sockets; then the loop has a turn


class Sink:
    """Takes sockets over from the loop; they go on sending as they did."""

    def __init__(self) -> None:
        self._waiting = select.epoll()
        self._sockets: dict[int, Socket] = {}
        self._buffer = memoryview(bytearray(BUFFER_BYTES))
        loop = asyncio.get_running_loop()
        loop.add_reader(self._waiting.fileno(), self._drain)

    def take(self, socket: Socket) -> None:
        """Read this socket from now on."""
        fd = socket.stop_reading()
        self._sockets[fd] = socket
        self._waiting.register(fd, select.EPOLLIN)

    def _drain(self) -> None:
        for fd, _ in self._waiting.poll(0, AT_ONCE):
            socket = self._sockets[fd]
            try:
                n_bytes = os.readv(fd, [self._buffer])
            except BlockingIOError:
                continue
            except OSError:
                n_bytes = 0
            if n_bytes:
                socket.skim(self._buffer[:n_bytes])
            else:
                self._waiting.unregister(fd)
                socket.connection_lost(None)
