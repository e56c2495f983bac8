"""A gate in front of a server: lets TCP through, or cuts it as a dead network does.

A browser that goes "offline" keeps the sockets that it has; behind a closed gate they
are gone, and nothing new gets through, while others still reach the server directly.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator

from tests.support.waiting import free_port

CHUNK_BYTES = 64 * 1024


class Gate:
    """Forwards connections to one port on loopback while it is open."""

    def __init__(self, target_port: int) -> None:
        self.port = free_port()
        self._target = ("127.0.0.1", target_port)
        self._is_open = True
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", self.port))
        self._accepting = threading.Thread(target=self._accept_all, daemon=True)
        self._accepting.start()

    @property
    def url(self) -> str:
        """The address of the site behind the gate."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Cut every connection and let no new one through."""
        with self._lock:
            self._is_open = False
            ends, self._ends = self._ends, set()
        for end in ends:
            _end(end)

    def open(self) -> None:
        """Let new connections through again."""
        with self._lock:
            self._is_open = True

    def move(self, target_port: int) -> None:
        """Lead to another server from now on, as a fail-over does; the old are cut."""
        with self._lock:
            self._target = ("127.0.0.1", target_port)
            ends, self._ends = self._ends, set()
        for end in ends:
            _end(end)

    def stop(self) -> None:
        """Stop for good."""
        self.close()
        _end(self._server)

    def _accept_all(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target)
        except OSError:
            _end(near)
            return
        with self._lock:
            if self._is_open:
                self._ends |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(
                        target=self._forward, args=(one, other), daemon=True
                    ).start()
                return
        _end(near)
        _end(far)

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK_BYTES):
                sink.sendall(data)
        with self._lock:
            self._ends -= {source, sink}
        _end(source)
        _end(sink)


def _end(end: socket.socket) -> None:
    """Shut down first: closing alone does not wake a thread that waits for it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def gate_to(port: int) -> Iterator[Gate]:
    """An open gate, stopped at the end."""
    gate = Gate(port)
    try:
        yield gate
    finally:
        gate.stop()
