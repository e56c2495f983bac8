"""Many sockets on one board, some of them writing, while a test breaks things.

Every socket checks R1 with each frame and comes back by itself when it is cut; writers
send again what has no entry yet. At the end `settle` waits until everybody has
everything, and `check` compares with the journal: nothing acknowledged is lost, nothing
is doubled, all saw 1…N in order.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import msgspec

from boards.sync import protocol
from boards.sync.elements import Pen
from boards.sync.protocol import Live, Put
from tests.support.convergence import RestBoard, assert_equal, canonical
from tests.support.corpus import strokes
from tests.support.sockets import BoardClient, Who, new_id

PACE_S = 0.05  # between two strokes of one writer: lively, and leaves room for faults
T = TypeVar("T")
SETTLE_WITHIN_S = 60.0  # the longest queue wait, backoff and heads poll together
MAX_POINTS = 40  # keeps the readers in this process from being what is measured


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many sockets there are, and how many of them write."""

    n_sockets: int = 40
    n_writers: int = 8


class Storm:
    """The crowd at work.

    Args:
        urls: of the board's sockets, one for each process; each client has its own.
        crowd: how many.
        token: the owner key of the board.

    Attributes:
        acknowledged: the seq of every change that a writer saw come back.
    """

    def __init__(self, urls: list[str], crowd: Crowd, token: str) -> None:
        self.acknowledged: dict[str, int] = {}
        self._ink = [stroke.pen for stroke in strokes(200)]
        self._is_over = False
        self._marks = count(1)
        self._writing: list[asyncio.Task[None]] = []
        self._urls = [urls[i % len(urls)] for i in range(crowd.n_sockets)]
        self.clients = [
            BoardClient(
                url,
                Who(f"Storm {i}", token=token, client=f"storm-{i}"),
                stays=True,
            )
            for i, url in enumerate(self._urls)
        ]
        self._writers = self.clients[: crowd.n_writers]

    async def start(self) -> None:
        """Everybody joins, then the writers begin."""
        await asyncio.gather(*(client.join() for client in self.clients))
        self._writing = [
            asyncio.create_task(self._write(client, number))
            for number, client in enumerate(self._writers)
        ]

    async def stop(self) -> None:
        """Everybody leaves."""
        self._is_over = True
        for task in self._writing:
            task.cancel()
        await asyncio.gather(*self._writing, return_exceptions=True)
        await asyncio.gather(*(client.leave() for client in self.clients))

    async def grows(self, n_entries: int) -> None:
        """Wait until so many more changes are acknowledged."""
        wanted = len(self.acknowledged) + n_entries
        await self._all_well(lambda: len(self.acknowledged) >= wanted)

    def clients_of(self, url: str) -> list[BoardClient]:
        """The sockets to one process."""
        return [c for c, at in zip(self.clients, self._urls, strict=True) if at == url]

    async def reaches(self, clients: list[BoardClient]) -> float:
        """How long new changes take from here to these sockets, in seconds.

        One writer of each process submits one now; while servers are away that may
        take any number of reconnects, and only writers among `clients` are asked.
        """
        began = time.monotonic()
        sent: dict[str, BoardClient] = {}
        for url in dict.fromkeys(self._urls):
            writers = [c for c in self.clients_of(url) if c in self._writers]
            if writers[-1] in clients:
                sent[await writers[-1].submit(Put(self._pen(0)))] = writers[-1]
        await self._all_well(
            lambda: all(change in c.seen.seqs for change in sent for c in clients)
        )
        for change, writer in sent.items():
            self.acknowledged[change] = writer.seen.seqs[change]
        return time.monotonic() - began

    async def shows_all(self) -> float:
        """How long until a cursor reaches every socket again, in seconds.

        Live things are lossy, so it moves on until it is seen.
        """
        began = time.monotonic()
        writer = self._writers[0]
        mark = float(next(self._marks))
        others = [client for client in self.clients if client is not writer]

        def is_seen(client: BoardClient) -> bool:
            return any(p.cursor and p.cursor[1] == mark for p in client.peers.values())

        async def move() -> None:
            for step in count():
                await writer.show(Live(cursor=[step, mark]))
                await asyncio.sleep(PACE_S)

        moving = asyncio.create_task(move())
        try:
            await self._all_well(lambda: all(is_seen(client) for client in others))
        finally:
            moving.cancel()
        return time.monotonic() - began

    async def lasts_until(self, at: float) -> None:
        """Go on writing until that instant of the monotonic clock."""
        await self._all_well(lambda: time.monotonic() >= at)

    async def settle(self) -> None:
        """The writers stop; wait until nothing is pending and all have everything."""
        self._is_over = True
        await asyncio.gather(*self._writing)
        head = max(self.acknowledged.values())
        await self._all_well(
            lambda: all(c.seq >= head and not c.pending for c in self.clients)
        )

    @property
    def n_visits(self) -> int:
        """How often somebody joined, the first time included."""
        return sum(client.n_visits for client in self.clients)

    def check(self, board: RestBoard) -> None:
        """Compare everything that everybody saw with the journal."""
        texts = board.journal()
        entries = [protocol.decode_entry(text) for text in texts]
        seqs = {entry.id: entry.seq for entry in entries}
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1)), (
            "J1: the journal has a hole"
        )
        assert len(seqs) == len(entries), "J3: a change is in the journal twice"
        lost = {i: s for i, s in self.acknowledged.items() if seqs.get(i) != s}
        assert not lost, f"acknowledged and lost: {lost}"
        for client in self.clients:
            client.check()
            assert client.seq == len(texts), f"{client.who.name} is at {client.seq}"
            for seq, text in client.seen.texts.items():
                assert text == texts[seq - 1], f"J6: entry {seq} differs"
        held = {c.who.name: canonical(c.folded()) for c in self.clients}
        assert_equal({**board.documents(), **held})

    async def _write(self, client: BoardClient, number: int) -> None:
        """Stroke after stroke, each when the one before is acknowledged."""
        while not self._is_over:
            change_id = await client.submit(Put(self._pen(number)))
            entry = await client.expect_entry(change_id, within_s=SETTLE_WITHIN_S)
            self.acknowledged[change_id] = entry.seq
            number += len(self._writers)
            await asyncio.sleep(PACE_S)

    def _pen(self, number: int) -> Pen:
        pen = self._ink[number % len(self._ink)]
        return msgspec.structs.replace(
            pen,
            id=new_id(),
            points=pen.points[: 2 * MAX_POINTS],
            pressure=pen.pressure[:MAX_POINTS],
            time=pen.time[:MAX_POINTS],
        )

    async def _all_well(self, holds: Callable[[], bool]) -> None:
        """Wait, and fail at once when a rule broke or a writer gave up."""
        deadline = time.monotonic() + SETTLE_WITHIN_S
        while not holds():
            for client in self.clients:
                client.check()
            for task in self._writing:
                if task.done() and not self._is_over:
                    task.result()
            if time.monotonic() > deadline:
                raise AssertionError(self._state())
            await asyncio.sleep(0.01)

    def _state(self) -> str:
        away = [c.who.name for c in self.clients if not c.is_connected]
        seqs = sorted(client.seq for client in self.clients)
        n_pending = sum(len(client.pending) for client in self.clients)
        return (
            f"not settled within {SETTLE_WITHIN_S} s: {len(away)} away {away[:5]},"
            f" seqs {seqs[0]}…{seqs[-1]}, {n_pending} pending,"
            f" {len(self.acknowledged)} acknowledged"
        )


@asynccontextmanager
async def storming(urls: list[str], crowd: Crowd, token: str) -> AsyncIterator[Storm]:
    """A storm that has begun; it ends with the block."""
    storm = Storm(urls, crowd, token)
    try:
        await storm.start()
        yield storm
    finally:
        await storm.stop()


async def in_thread(work: Callable[[], T]) -> T:
    """Stop or start a process without holding the storm up."""
    return await asyncio.to_thread(work)
