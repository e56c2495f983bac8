"""Several server processes on one port, as `manage.py serve --workers N` runs them.

This process serves nothing: it makes a listening socket for each worker, all on one
address by `SO_REUSEPORT`, so that the kernel spreads connections evenly (ADR 132), and
hands one to each. A worker that dies gets a successor on the same socket; who connected
meanwhile waits in its queue. SIGTERM and SIGINT close the sockets, pass to the workers,
which drain, and end this process when the last of them is gone.
"""

import logging
import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from types import FrameType
from typing import NamedTuple

logger = logging.getLogger(__name__)

QUEUE = 1024  # connections that wait to be accepted, for each worker
SHORT_LIFE_S = 5.0  # a worker that ends before that will probably do so again
PAUSE_S = 1.0  # before its successor


def listening_sockets(host: str, port: int, count: int) -> list[socket.socket]:
    """So many sockets that listen on one address and share what comes in.

    Raises:
        OSError: when the address is not ours, or somebody listens there already.
    """
    found = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    family, _, _, _, address = found[0]
    # A socket that shares would also share with a stranger who does: ask without first.
    socket.create_server(address[:2], family=family).close()
    return [
        socket.create_server(address[:2], family=family, backlog=QUEUE, reuse_port=True)
        for _ in range(count)
    ]


class Adopted(NamedTuple):
    """What a worker is given: a socket that listens, and the process that it is of."""

    listening: socket.socket
    parent: int


class Workers:
    """Starts processes and keeps them running until a signal."""

    def __init__(self, command: Sequence[str], sockets: list[socket.socket]) -> None:
        """Prepare to run `command` with `--fd N --number N` for each of the sockets."""
        self._command = list(command)
        self._sockets = sockets
        self._running: dict[int, tuple[socket.socket, float]] = {}  # by process id
        self._is_starting = False
        self._is_stopping = False

    def run(self) -> int:
        """Run until SIGTERM or SIGINT and the end of all workers; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for listening in self._sockets:
            self._start(listening)
        has_failed = False
        while self._running:
            pid, status = os.wait()
            listening, started_at = self._running.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            if self._is_stopping:
                # One that was still booting has no drain yet: the signal ended it.
                has_failed |= code not in (0, -signal.SIGTERM)
                continue
            # One that was drained ended as it should: nobody is to be woken for that.
            level = logging.ERROR if code else logging.INFO
            logger.log(level, "worker ended", extra={"worker": pid, "code": code})
            if time.monotonic() - started_at < SHORT_LIFE_S:
                time.sleep(PAUSE_S)
            self._start(listening)
        return int(has_failed)

    def _start(self, listening: socket.socket) -> None:
        if self._is_stopping:
            return
        self._is_starting = True
        fd, number = listening.fileno(), self._sockets.index(listening) + 1
        worker = subprocess.Popen(  # noqa: S603 - our own command
            [*self._command, "--fd", str(fd), "--number", str(number)],
            pass_fds=[fd],
            start_new_session=True,  # Ctrl-C comes by us, once
        )
        worker.returncode = 0  # we wait for whoever ends, not for this one
        self._running[worker.pid] = (listening, time.monotonic())
        logger.info("worker started", extra={"worker": worker.pid})
        self._started()

    def _started(self) -> None:
        self._is_starting = False
        if self._is_stopping:  # the signal came meanwhile
            self._stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True
        if not self._is_starting:
            self._stop()

    def _stop(self) -> None:
        for listening in self._sockets:
            listening.close()
        for pid in list(self._running):
            os.kill(pid, signal.SIGTERM)
