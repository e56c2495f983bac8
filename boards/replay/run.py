"""A whole replay: many drawings, several people at once, one board.

Writers take drawings from one queue, so nobody idles while another still has ten to
do. `manage.py replay` is the caller; progress goes out through a function.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from boards.replay.clock import Clock
from boards.replay.connection import Connection, ConnectionEnded
from boards.replay.corpus import Drawing
from boards.replay.layout import Cell, grid
from boards.replay.people import Person, person
from boards.replay.strokes import count_elements, place_drawing
from boards.replay.writer import Tally, Writer

PATIENCE_S = 60.0  # a platform's deploy or a database's restart takes less


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn where, and how."""

    drawings: list[Drawing]
    url: str  # of the board's socket
    token: str | None = None
    speed: float = 4.0
    n_writers: int = 8
    patience_s: float = PATIENCE_S


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; complete when every stroke was acknowledged."""

    tally: Tally
    n_strokes: int
    n_reconnects: int
    duration_s: float

    @property
    def is_complete(self) -> bool:
        """Whether every stroke of every drawing was acknowledged."""
        return self.tally.n_acknowledged >= self.n_strokes


@dataclass(frozen=True, slots=True)
class _Work:
    drawings: deque[tuple[Drawing, Cell]]
    new_id: Callable[[], str]


async def replay(
    order: Order, clock: Clock, on_progress: Callable[[Tally], None]
) -> Outcome:
    """Draw it all; returns when each stroke is acknowledged or given up.

    Args:
        order: what, where and how.
        clock: the time by which points appear.
        on_progress: called after each drawing.
    """
    started_ms = clock.now_ms()
    run = secrets.token_hex(4)
    numbers = count(1)
    cells = grid(len(order.drawings))
    work = _Work(
        drawings=deque(zip(order.drawings, cells, strict=True)),
        new_id=lambda: f"replay-{run}-{next(numbers):06}",
    )
    tally = Tally()
    n_writers = max(1, min(order.n_writers, len(order.drawings)))
    async with asyncio.TaskGroup() as group:
        visits = [
            group.create_task(
                _draw(order, person(i, run), work, _Watch(clock, tally, on_progress))
            )
            for i in range(n_writers)
        ]
    return Outcome(
        tally=tally,
        n_strokes=sum(count_elements(drawing) for drawing in order.drawings),
        n_reconnects=sum(visit.result() for visit in visits),
        duration_s=(clock.now_ms() - started_ms) / 1000,
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    clock: Clock
    tally: Tally
    on_progress: Callable[[Tally], None]


async def _draw(order: Order, who: Person, work: _Work, watch: _Watch) -> int:
    """Be one person until the work is gone; how often the socket came back."""
    connection = Connection(
        order.url, who, token=order.token, on_open=lambda: writer.forget_draft()
    )
    writer = Writer(
        connection,
        watch.clock,
        speed=order.speed,
        patience_s=order.patience_s,
        tally=watch.tally,
    )
    staying = asyncio.create_task(connection.run())
    try:
        await connection.wait_open(order.patience_s)
        while work.drawings:
            drawing, cell = work.drawings.popleft()
            strokes = place_drawing(drawing, cell, color=who.color, new_id=work.new_id)
            await writer.draw(strokes)
            watch.on_progress(watch.tally)
        await writer.finish()
        await connection.leave()
    except ConnectionEnded as ended:
        watch.tally.fault = watch.tally.fault or str(ended)
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
    watch.on_progress(watch.tally)
    return max(connection.n_welcomes - 1, 0)
