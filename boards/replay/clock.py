"""Time as the writers see it; passed in, so that tests tell it when to move."""

import asyncio
from typing import Protocol


class Clock(Protocol):
    """Where a writer gets the time from."""

    def now_ms(self) -> float:
        """Milliseconds since some fixed instant; never goes back."""

    async def wait_until(self, at_ms: float) -> None:
        """Return at that instant, at once when it is past."""


class LoopClock:
    """The clock of the running event loop."""

    def now_ms(self) -> float:
        """Milliseconds of the loop's monotonic clock."""
        return asyncio.get_running_loop().time() * 1000

    async def wait_until(self, at_ms: float) -> None:
        """Sleep until then; always lets others run."""
        await asyncio.sleep(max(at_ms - self.now_ms(), 0) / 1000)
