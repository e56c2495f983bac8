"""Everybody comes back at once, after a restart."""

import asyncio
import random
import resource
import time
from contextlib import suppress
from itertools import count

import psutil

from boards.sync import protocol
from boards.sync.protocol import Hello
from tests.faults.deployments import behind_a_gate
from tests.faults.table import Run, fault
from tests.support.convergence import RestBoard
from tests.support.light_sockets import Socket
from tests.support.storm import in_thread

MIB = 1024 * 1024
A_BOARD_HOLDS = 200  # people
COME_BACK_WITHIN_S = 300.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0  # as `frontend/src/net/backoff.js` waits
WELCOME = b'{"type":"welcome"'


@fault("reconnect-storm", behind_a_gate)
async def reconnect_storm(run: Run) -> None:
    """Clients: thousands come back at once when all web processes were killed."""
    servers = run.deployment.servers
    _allow_files(4 * run.form.n_sockets)
    await _restart(run)  # with as many descriptors
    people = await in_thread(lambda: _people(run))
    try:
        await asyncio.gather(*(one.come() for one in people))
        await _restart(run)
        began = time.monotonic()
        async with asyncio.timeout(COME_BACK_WITHIN_S):
            await asyncio.gather(*(one.come() for one in people))
        took = time.monotonic() - began
        n_boards = len({one.board for one in people})
        run.notes.append(f"{len(people)} on {n_boards} boards within {took:.1f} s")
        await run.recovers()
        run.recovery_s = max(took, run.recovery_s or 0)
        assert not [one for one in people if one.is_gone], "some were cut again"
        memory = max(psutil.Process(one.pid).memory_info().rss for one in servers)
        run.notes.append(f"memory of a process {memory / MIB:.0f} MiB")
    finally:
        for one in people:
            one.leave()


class Person:
    """Somebody who comes back as the page does, reads everything and answers pings."""

    def __init__(self, url: str, board: RestBoard, chance: random.Random) -> None:
        self.board = board.id
        self._url, self._chance = url, chance
        hello = Hello(protocol=protocol.PROTOCOL, client="back", token=board.key)
        self._hello = protocol.encode(hello)
        self._socket: _Welcomed | None = None

    async def come(self) -> None:
        """Be welcomed; who finds no place waits, longer each time."""
        for attempt in count():
            self._socket = _Welcomed(self._url)
            try:
                await self._socket.open()
                self._socket.send(self._hello)
                await self._socket.welcomed
                return
            except OSError:
                wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt)
                await asyncio.sleep(self._chance.random() * wait_s)

    @property
    def is_gone(self) -> bool:
        """Whether the connection is lost."""
        return self._socket is None or self._socket.is_closed

    def leave(self) -> None:
        """Drop the connection."""
        if self._socket is not None:
            self._socket.abort()


class _Welcomed(Socket):
    """A connection that knows whether it was welcomed."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.welcomed = asyncio.get_running_loop().create_future()
        self.on_text = self._hear

    def _hear(self, text: memoryview) -> None:
        if not self.welcomed.done() and bytes(text[: len(WELCOME)]) == WELCOME:
            self.welcomed.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits for the welcome learns of it, too."""
        super().connection_lost(exc)
        if not self.welcomed.done():
            self.welcomed.set_exception(ConnectionError("cut"))
            self.welcomed.exception()  # also where nobody waits any more


def _people(run: Run) -> list[Person]:
    """On as many boards as they need, half of them at each process."""
    servers, n_people = run.deployment.servers, run.form.n_sockets
    boards = [
        RestBoard.create(servers[0].url, title=f"Storm {number}")
        for number in range(-(-n_people // A_BOARD_HOLDS))
    ]
    return [
        Person(servers[number % len(servers)].socket_url(board.id), board, run.random)
        for number in range(n_people)
        for board in (boards[number // A_BOARD_HOLDS],)
    ]


async def _restart(run: Run) -> None:
    """Kill all web processes and have them back; nobody comes before they listen."""
    servers = run.deployment.servers
    for server in servers:
        await in_thread(server.kill)
    await asyncio.gather(*(in_thread(server.start) for server in servers))


def _allow_files(n: int) -> None:
    """As many descriptors as are needed, for this process and the servers after it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(n, hard)), hard))
