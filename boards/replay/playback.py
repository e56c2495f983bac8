"""One drawing being drawn: which points are new, which strokes are done.

Pure and without a clock: the writer says how late it is, the answer is what to show
live and what to submit. Time runs in milliseconds since the drawing began, already
sped up by `speed`.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

import msgspec

from boards.replay.strokes import PlacedStroke
from boards.sync.elements import Pen
from boards.sync.live import Extend
from boards.sync.protocol import Live, Put


@dataclass(frozen=True, slots=True)
class Step:
    """What happened since the step before."""

    live: Live
    finished: list[Pen] = field(default_factory=list)


class Playback:
    """Walks through the strokes of a drawing as time goes by."""

    def __init__(self, strokes: list[PlacedStroke], speed: float) -> None:
        self._strokes = strokes
        self._speed = speed
        self._current = 0
        self._n_shown = 0  # points of the current stroke that are in the draft

    @property
    def is_over(self) -> bool:
        """Whether all strokes are finished."""
        return self._current >= len(self._strokes)

    @property
    def duration_ms(self) -> float:
        """How long the drawing takes at this speed."""
        return self._strokes[-1].end_ms / self._speed if self._strokes else 0.0

    def forget_draft(self) -> None:
        """Show the growing stroke whole in the next step: the server lost it."""
        self._n_shown = 0

    def step(self, now_ms: float) -> Step:
        """Everything up to `now_ms`; earlier times than before change nothing."""
        at_ms = now_ms * self._speed
        finished: list[Pen] = []
        while not self.is_over and self._strokes[self._current].end_ms <= at_ms:
            finished.append(self._strokes[self._current].pen)
            self._current += 1
            self._n_shown = 0
        return Step(self._live(at_ms), finished)

    def _live(self, at_ms: float) -> Live:
        cursor = [round(v, 1) for v in self._cursor(at_ms)]
        if self.is_over:
            return Live(cursor=cursor)
        stroke = self._strokes[self._current]
        n_shown = self._n_shown
        n_due = bisect_right(stroke.times_ms, at_ms - stroke.start_ms)
        if n_due <= n_shown:
            return Live(cursor=cursor)
        self._n_shown = n_due
        if n_shown == 0:
            return Live(cursor=cursor, draft=[Put(_cut(stroke.pen, n_due))])
        return Live(cursor=cursor, extend=_extend(stroke.pen, n_shown, n_due))

    def _cursor(self, at_ms: float) -> tuple[float, float]:
        """Where the hand is: on the ink, or on its way through the air."""
        if self.is_over:
            return _point(self._strokes[-1].pen, -1) if self._strokes else (0.0, 0.0)
        stroke = self._strokes[self._current]
        n_due = bisect_right(stroke.times_ms, at_ms - stroke.start_ms)
        if n_due > 0:
            return _point(stroke.pen, n_due - 1)
        target = _point(stroke.pen, 0)
        if self._current == 0:
            return target
        before = self._strokes[self._current - 1]
        way = stroke.start_ms - before.end_ms
        part = min(max((at_ms - before.end_ms) / way, 0.0), 1.0) if way > 0 else 1.0
        x, y = _point(before.pen, -1)
        return x + (target[0] - x) * part, y + (target[1] - y) * part


def _point(pen: Pen, index: int) -> tuple[float, float]:
    at = index % (len(pen.points) // 2) * 2
    return pen.x + pen.points[at], pen.y + pen.points[at + 1]


def _cut(pen: Pen, n_points: int) -> Pen:
    return msgspec.structs.replace(
        pen,
        points=pen.points[: 2 * n_points],
        pressure=pen.pressure[:n_points],
        time=pen.time[:n_points],
    )


def _extend(pen: Pen, first: int, last: int) -> Extend:
    return Extend(
        id=pen.id,
        offset=first,
        points=pen.points[2 * first : 2 * last],
        pressure=pen.pressure[first:last],
        time=pen.time[first:last],
    )
