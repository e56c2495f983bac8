"""The pacer: when live news is flushed. One for all rooms of a process.

A quiet board is flushed at once, a large one in several turns. Between them the loop
reads what came in, and who has the next turn gets that, too. Reading and writing get
the same time when there is much of both, so neither waits for many turns of the other.
After each round the pacer rests, the longer the more the round took and the more comes
in (`LivePace.rest_s`): under load it becomes slower by itself and recovers by itself.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from boards.sync.clock import Clock
from boards.sync.room import Room

WRITES_S = 0.003  # at a stretch; then the loop reads, and next it may take as long


class Pacer:
    """Flushes marked rooms.

    Args:
        clock: the time.
        flush: called for each marked room as often as it has turns (`n_flushes`).
        rest_s: how long to rest after a round that took so long, both in seconds.
        on_round: called after each rest with how much too long it was, in seconds.
    """

    def __init__(
        self,
        clock: Clock,
        flush: Callable[[Room], None],
        rest_s: Callable[[float], float],
        on_round: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._flush = flush
        self._rest_s = rest_s
        self._on_round = on_round
        self._marked: dict[Room, None] = {}  # a set that keeps the order
        self._task: asyncio.Task[None] | None = None

    def mark(self, room: Room) -> None:
        """There is something to flush in this room."""
        self._marked[room] = None
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Drop what is marked and end."""
        self._marked.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        try:
            while self._marked:
                took_s = await self._round()
                rested_at = self._clock.now()
                rest_s = self._rest_s(took_s)
                await self._clock.sleep(rest_s)
                self._on_round(self._clock.now() - rested_at - rest_s)
        finally:
            self._task = None

    async def _round(self) -> float:
        """Every marked room has all its turns; how many seconds they took."""
        rooms, self._marked = self._marked, {}
        due = deque((room, room.n_flushes) for room in rooms)
        took_s = read_s = 0.0
        began = self._clock.now()
        while due:
            room, n_left = due.popleft()
            self._flush(room)
            if n_left > 1:
                due.append((room, n_left - 1))
            elif room.is_behind:
                self._marked[room] = None
            paused = self._clock.now()
            if paused - began > max(WRITES_S, read_s):
                took_s += paused - began
                await asyncio.sleep(0)
                began = self._clock.now()
                read_s = began - paused
        return took_s + self._clock.now() - began
