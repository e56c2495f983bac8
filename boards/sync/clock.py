"""Time as an argument: the engine asks a clock, tests move one by hand."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What the engine needs of time."""

    def now(self) -> float:
        """Seconds on a scale that never goes back."""

    def wall_us(self) -> int:
        """Microseconds since the epoch."""

    async def sleep(self, seconds: float) -> None:
        """Return after that many seconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """See `Clock`."""
        return time.monotonic()

    def wall_us(self) -> int:
        """See `Clock`."""
        return time.time_ns() // 1_000

    async def sleep(self, seconds: float) -> None:
        """See `Clock`."""
        await asyncio.sleep(seconds)
