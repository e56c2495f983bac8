"""A person at the board: draws one drawing after the other through a connection.

Shows the growing stroke live, submits it when the pen goes up, clears the draft when
its entry came back. Keeps no more than a few strokes unacknowledged, as a person who
sees that nothing is saved stops drawing.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from boards.replay.clock import Clock
from boards.replay.connection import ChangeRejected, ConnectionEnded
from boards.replay.playback import Playback
from boards.replay.strokes import PlacedStroke
from boards.sync.elements import Pen
from boards.sync.protocol import Live, Put, Submit

MAX_UNACKNOWLEDGED = 50  # strokes in flight; a server at work answers in milliseconds


class Board(Protocol):
    """What a writer needs of its connection."""

    live_ms: int

    def submit(self, change: Submit) -> asyncio.Future[int]:
        """Send a change; the future gives its seq or raises why there is none."""

    def show(self, live: Live) -> None:
        """Show what this person does right now."""


@dataclass(slots=True)
class Tally:
    """What became of the strokes so far, over all writers of a run."""

    n_drawings: int = 0
    n_acknowledged: int = 0
    n_failed: int = 0
    n_points: int = 0
    fault: str = ""  # the first one, in the server's words


class Writer:
    """Draws with one hand.

    Args:
        board: an open connection, or one that is about to be.
        clock: tells when the next point is due.
        speed: how many times faster than the recording.
        patience_s: how long to wait for an acknowledgement before giving up.
        tally: counts what became of each stroke.
    """

    def __init__(
        self,
        board: Board,
        clock: Clock,
        *,
        speed: float,
        patience_s: float,
        tally: Tally,
    ) -> None:
        self._board = board
        self._clock = clock
        self._speed = speed
        self._patience_s = patience_s
        self._tally = tally
        self._playback = Playback([], speed)
        self._waiting: deque[tuple[Pen, asyncio.Future[int]]] = deque()
        self._drafted: str | None = None  # whose ink the draft shows

    def forget_draft(self) -> None:
        """Show the growing stroke whole again: the server knows no draft of mine."""
        self._playback.forget_draft()
        self._drafted = None
        self._board.show(Live(tool="pen"))

    async def draw(self, strokes: list[PlacedStroke]) -> None:
        """Draw one drawing at its own pace; its last strokes may be unacknowledged.

        Raises:
            ConnectionEnded: when nobody acknowledges any more.
        """
        self._playback = Playback(strokes, self._speed)
        started_ms = self._clock.now_ms()
        while not self._playback.is_over:
            step = self._playback.step(self._clock.now_ms() - started_ms)
            for pen in step.finished:
                await self._submit(pen)
            self._show(step.live)
            await self._clock.wait_until(self._clock.now_ms() + self._board.live_ms)
        self._tally.n_drawings += 1

    async def finish(self) -> None:
        """Wait until each stroke is acknowledged or failed, then put the pen down.

        Raises:
            ConnectionEnded: when nobody acknowledges any more.
        """
        while self._waiting:
            await self._settle_oldest()
        self._board.show(Live(cursor=None, draft=None))

    async def _submit(self, pen: Pen) -> None:
        change = Submit(id=pen.id, ops=[Put(pen)])
        done = self._board.submit(change)
        done.add_done_callback(lambda _: self._clear_draft(pen.id))
        self._waiting.append((pen, done))
        while self._waiting and (
            self._waiting[0][1].done() or len(self._waiting) > MAX_UNACKNOWLEDGED
        ):
            await self._settle_oldest()

    def _show(self, live: Live) -> None:
        if isinstance(live.draft, list) and isinstance(live.draft[0], Put):
            self._drafted = live.draft[0].element.id
        self._board.show(live)

    def _clear_draft(self, element_id: str) -> None:
        if self._drafted == element_id:
            self._drafted = None
            self._board.show(Live(draft=None))

    async def _settle_oldest(self) -> None:
        pen, done = self._waiting.popleft()
        try:
            async with asyncio.timeout(self._patience_s):
                await done
        except ChangeRejected as fault:
            self._fail(str(fault))
        except ConnectionEnded as fault:
            self._fail(str(fault))
            raise
        except TimeoutError:
            self._fail(f"no acknowledgement within {self._patience_s:g} s")
            raise ConnectionEnded(self._tally.fault) from None
        else:
            self._tally.n_acknowledged += 1
            self._tally.n_points += len(pen.points) // 2

    def _fail(self, fault: str) -> None:
        self._tally.n_failed += 1
        self._tally.fault = self._tally.fault or fault
