"""An asyncio loop without time, threads or sockets: the same calls, the same order.

It runs what is ready, first come first served, and stops when nothing is. Whoever
drives it decides what becomes ready next. Used by the seeded world alone.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any, NoReturn

MAX_TURNS = 20_000  # nothing real needs so many; a task that spins does


class Stuck(Exception):
    """Something keeps the loop busy without anything happening."""


class _NoSelector:
    """Where a loop waits for sockets and time; here it counts turns and stops."""

    def __init__(self, loop: "StillLoop") -> None:
        self._loop = loop
        self.n_turns = 0

    def select(self, timeout: float | None) -> list[Any]:
        self.n_turns += 1
        if self.n_turns > MAX_TURNS:
            raise Stuck(f"still busy after {MAX_TURNS} turns")
        if timeout is None:
            self._loop.stop()
        return []

    def close(self) -> None:
        """Nothing is held."""


class StillLoop(asyncio.BaseEventLoop):
    """See the module."""

    _ready: "deque[asyncio.Handle]"  # made by the base class

    def __init__(self) -> None:
        super().__init__()
        self._selector = _NoSelector(self)

    def settle(self) -> None:
        """Run until nothing is ready."""
        if not self._ready:  # most of the time; starting and stopping costs more
            return
        self._selector.n_turns = 0
        self.run_forever()

    def do(self, act: Callable[[], object], context: Context) -> None:
        """Call something inside the loop, then run until nothing is ready."""
        self.call_soon(act, context=context)
        self.settle()

    def time(self) -> float:
        """The loop's own time stands still."""
        return 0.0

    def call_at(self, *_: object, **__: object) -> NoReturn:
        """Refuse real time: whoever waits asks the world's clock."""
        raise AssertionError("the world has no real time")

    def _process_events(self, event_list: list[Any]) -> None:
        """There are no sockets."""

    def _write_to_self(self) -> None:
        """There are no threads."""
