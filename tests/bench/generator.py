"""The load: many sockets in a process of its own, some of them writing.

`python -m tests.bench.generator` reads a `Load` as one JSON line from stdin, connects,
prints `ready`, waits for another line, runs, and prints a `Result` as JSON. It looks at
frames with a regular expression only, so that it measures the server, not itself.
"""

import asyncio
import re
import sys
import time
from statistics import quantiles

import msgspec
from websockets.asyncio.client import ClientConnection, connect

CHANGE_ID = re.compile(r'"id":\s?"c(\d+)"')
MAX_FRAME_BYTES = 32 * 1024 * 1024  # what a burst may be merged into
JOIN_AT_ONCE = 50  # a listen queue takes so many without dropping one


class Load(msgspec.Struct):
    """What to do.

    Attributes:
        urls: the socket of each client, in turn.
        n_sockets: how many clients.
        n_writers: how many of them submit; the first ones.
        n_changes: how many changes altogether.
        ops: the ops of each change, as JSON texts, in turn; `@` becomes its number.
        window: changes in flight per writer, when there is no rate.
        per_s: changes a second altogether; 0 is as fast as the window allows.
        spreads: each socket sees the changes of its own URL's writers only.
    """

    urls: list[str]
    n_sockets: int
    n_writers: int
    n_changes: int
    ops: list[str]
    window: int = 1
    per_s: float = 0
    spreads: bool = False


class Result(msgspec.Struct):
    """What came of it; times from submit to a socket, the writer's own included."""

    seconds: float
    n_deliveries: int
    p50_ms: float
    p99_ms: float
    max_ms: float


class Generator:
    """The sockets of one load."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._sockets: list[ClientConnection] = []
        self._sent_at = [0.0] * load.n_changes
        self._senders = [-1] * load.n_changes
        self._n_sent = 0
        self._latencies: list[float] = []
        self._n_expected = 0
        self._is_done = asyncio.Event()

    async def connect(self) -> None:
        """Open all sockets and wait for their welcome."""
        for first in range(0, self._load.n_sockets, JOIN_AT_ONCE):
            last = min(first + JOIN_AT_ONCE, self._load.n_sockets)
            self._sockets += await asyncio.gather(
                *(self._join(number) for number in range(first, last))
            )

    async def run(self) -> Result:
        """Submit everything; done when every socket has it all."""
        load = self._load
        audience = 1 if load.spreads else load.n_sockets
        self._n_expected = load.n_changes * audience
        readers = [
            asyncio.create_task(self._read(socket, number))
            for number, socket in enumerate(self._sockets)
        ]
        began = time.perf_counter()
        if load.per_s:
            await self._pace()
        else:
            for number in range(load.n_writers):
                for _ in range(load.window):
                    await self._submit(number)
        await self._is_done.wait()
        seconds = time.perf_counter() - began
        for reader in readers:
            reader.cancel()
        cuts = quantiles(self._latencies, n=100)
        return Result(
            seconds=seconds,
            n_deliveries=len(self._latencies),
            p50_ms=cuts[49] * 1000,
            p99_ms=cuts[98] * 1000,
            max_ms=max(self._latencies) * 1000,
        )

    async def close(self) -> None:
        """Close all sockets."""
        await asyncio.gather(*(socket.close() for socket in self._sockets))

    async def _join(self, number: int) -> ClientConnection:
        url = self._load.urls[number % len(self._load.urls)]
        socket = await connect(
            url,
            max_size=MAX_FRAME_BYTES,
            max_queue=None,
            compression=None,
            proxy=None,
            ping_interval=None,
        )
        await socket.send(f'{{"type":"hello","protocol":1,"client":"b{number}"}}')
        while '"welcome"' not in str(await socket.recv()):
            pass
        return socket

    async def _read(self, socket: ClientConnection, number: int) -> None:
        is_writer = number < self._load.n_writers and not self._load.per_s
        n_frames = 1
        async for text in socket:
            n_frames += 1
            now = time.perf_counter()
            found = CHANGE_ID.findall(str(text)) if '"entries"' in text[:20] else ()
            for change in map(int, found):
                self._latencies.append(now - self._sent_at[change])
                if is_writer and self._senders[change] == number:
                    await self._submit(number)
            if n_frames % 100 == 0:
                await socket.send(f'{{"type":"ping","seq":0,"received":{n_frames}}}')
            if len(self._latencies) >= self._n_expected:
                self._is_done.set()

    async def _pace(self) -> None:
        """Submit at an even rate, whoever is slow."""
        began = time.perf_counter()
        for number in range(self._load.n_changes):
            due = began + number / self._load.per_s
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await self._submit(number % self._load.n_writers)

    async def _submit(self, writer: int) -> None:
        """The next change, if there is one left."""
        number = self._n_sent
        if number >= self._load.n_changes:
            return
        self._n_sent += 1
        ops = self._load.ops[number % len(self._load.ops)].replace("@", str(number))
        self._senders[number] = writer
        self._sent_at[number] = time.perf_counter()
        await self._sockets[writer].send(
            f'{{"type":"submit","id":"c{number}","ops":{ops}}}'
        )


async def _main() -> None:
    generator = Generator(msgspec.json.decode(sys.stdin.readline(), type=Load))
    await generator.connect()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    result = await generator.run()
    print(msgspec.json.encode(result).decode(), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await generator.close()


if __name__ == "__main__":
    asyncio.run(_main())
