"""Clients that misbehave: they stop reading, read too slowly, answer no ping."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psutil

from boards.sync import protocol
from boards.sync.protocol import Hello
from tests.faults.deployments import alone
from tests.faults.table import Run, fault
from tests.support.server import Server

MIB = 1024 * 1024
GROWTH_MIB = 64  # what eight bad readers may cost a process
N_BAD = 8
_HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Bare:
    """A WebSocket by hand, that does only what it is told.

    It says hello and then reads as much as it is asked to: pings are never answered.
    """

    def __init__(self, server: Server, board: str, token: str) -> None:
        self._server, self._token = server, token
        self._path = f"/ws/boards/{board}/"
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect, shake hands, say hello, and see the first bytes of an answer."""
        host, port = self._server.host, self._server.port
        self._reader, self._writer = await asyncio.open_connection(
            host, port, limit=4096
        )
        asked = _HANDSHAKE.format(path=self._path, host=f"{host}:{port}")
        self._writer.write(asked.encode())
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.splitlines()[0]:
            raise ConnectionError(answer.decode(errors="replace"))
        hello = Hello(protocol=protocol.PROTOCOL, client="bare", token=self._token)
        self._writer.write(_masked(protocol.encode(hello).encode()))
        await self._reader.readexactly(2)

    async def read(self, n_bytes: int) -> bool:
        """Read so much; whether the socket is still there."""
        assert self._reader is not None
        try:
            return bool(await self._reader.read(n_bytes))
        except OSError:
            return False

    def close(self) -> None:
        """Be gone."""
        if self._writer is not None:
            self._writer.transport.abort()


def _masked(payload: bytes) -> bytes:
    """A text frame with a mask of zeros, which leaves the text as it is."""
    size = len(payload)
    if size < 126:
        return bytes([0x81, 0x80 | size, 0, 0, 0, 0]) + payload
    head = bytes([0x81, 0x80 | 126, size >> 8, size & 255])
    return head + bytes(4) + payload


@asynccontextmanager
async def _bare(run: Run, n: int) -> AsyncIterator[list[Bare]]:
    server, board = run.deployment.servers[0], run.deployment.board
    sockets = [Bare(server, board.id, board.key) for _ in range(n)]
    try:
        await asyncio.gather(*(socket.open() for socket in sockets))
        yield sockets
    finally:
        for socket in sockets:
            socket.close()


async def _beside(run: Run, sockets: list[Bare], what: str) -> None:
    """The crowd goes on; the process must not grow by what is not read."""
    process = psutil.Process(run.deployment.servers[0].pid)
    before = process.memory_info().rss
    await run.lasts(lambda: None, lambda: None)
    grown = (process.memory_info().rss - before) / MIB
    run.notes.append(f"{len(sockets)} {what}, memory of the process {grown:+.1f} MiB")
    assert grown < GROWTH_MIB, f"the process grew by {grown:.0f} MiB"


@fault("clients-stop-reading", alone)
async def clients_stop_reading(run: Run) -> None:
    """Clients: eight stop reading while the others go on."""
    async with _bare(run, N_BAD) as sockets:
        await _beside(run, sockets, "read nothing")


@fault("clients-drip", alone)
async def clients_drip(run: Run) -> None:
    """Clients: eight read one byte a second while the others go on."""
    async with _bare(run, N_BAD) as sockets:

        async def drip(socket: Bare) -> None:
            while await socket.read(1):  # noqa: ASYNC110 - a pace, not a condition
                await asyncio.sleep(1)

        dripping = [asyncio.create_task(drip(socket)) for socket in sockets]
        try:
            await _beside(run, sockets, "read a byte a second")
        finally:
            for task in dripping:
                task.cancel()


@fault("clients-silent", alone)
async def clients_silent(run: Run) -> None:
    """Clients: eight read everything but never answer a ping; they must be let go."""
    async with _bare(run, N_BAD) as sockets:

        async def drink(socket: Bare) -> float:
            began = time.monotonic()
            while await socket.read(MIB):
                pass
            return time.monotonic() - began

        drinking = [asyncio.create_task(drink(socket)) for socket in sockets]
        try:
            await _beside(run, sockets, "never answer")
            if run.form.lasts_s < 30:  # pings come every ten seconds
                return
            ended = await asyncio.wait_for(asyncio.gather(*drinking), 60)
            run.notes.append(f"let go after {max(ended):.0f} s")
        finally:
            for task in drinking:
                task.cancel()
