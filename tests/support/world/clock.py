"""A clock that moves when told."""

import asyncio
import heapq
from itertools import count

START_US = 1_750_000_000_000_000  # June 2025: any fixed instant serves


class WorldClock:
    """The engine's clock in tests; sleepers wake when it is moved past their time."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> float:
        """See `boards.sync.clock.Clock`."""
        return self._now

    def wall_us(self) -> int:
        """See `boards.sync.clock.Clock`."""
        return START_US + int(self._now * 1_000_000)

    async def sleep(self, seconds: float) -> None:
        """Return when the clock was moved that far."""
        done = asyncio.get_running_loop().create_future()
        due = self._now + max(seconds, 0.0)
        heapq.heappush(self._sleepers, (due, next(self._order), done))
        await done

    @property
    def next_due(self) -> float | None:
        """When the next sleeper wakes, or None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)  # cancelled
        return self._sleepers[0][0] if self._sleepers else None

    def step(self, until: float) -> bool:
        """Move to the next sleeper that is due by then and wake it.

        Returns:
            False when nobody is due: the clock then stands at `until`.
        """
        due = self.next_due
        if due is None or due > until:
            self._now = max(self._now, until)
            return False
        self._now = max(self._now, due)
        heapq.heappop(self._sleepers)[2].set_result(None)
        return True

    async def move(self, seconds: float) -> None:
        """For tests on an ordinary loop: move, letting each sleeper go on in turn."""
        until = self._now + seconds
        await asyncio.sleep(0)
        while self.step(until):
            for _ in range(5):  # what a woken task starts, starts before the next one
                await asyncio.sleep(0)
