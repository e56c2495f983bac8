"""When each point of a drawing is drawn, in milliseconds of the hand that drew it.

Pure: recorded times in, capped and monotone times out. Pauses of people who went for
lunch are cut; drawings without times get the rate of a calm hand.
"""

from dataclasses import dataclass
from itertools import pairwise

from boards.replay.corpus import RawStroke

MAX_PAUSE_MS = 2_000  # longer than that, and a watcher thinks that it hangs
POINT_MS = 1000 / 60  # the rate of a mouse, for drawings that did not record theirs
LIFT_MS = 250  # a hand needs about this to set the pen down elsewhere


@dataclass(frozen=True, slots=True)
class Timed:
    """When a stroke starts, and when each point follows, counted from that start."""

    start_ms: float
    times_ms: tuple[float, ...]
    is_recorded: bool  # False where the source had no times and a rate was made up

    @property
    def end_ms(self) -> float:
        """When the last point is drawn."""
        return self.start_ms + self.times_ms[-1]


def time_strokes(strokes: list[RawStroke]) -> list[Timed]:
    """One timeline for the strokes of a drawing, from 0, one after the other.

    A stroke that was recorded as starting before the one before it ended starts at
    that one's end: one hand draws one stroke at a time.
    """
    timed: list[Timed] = []
    at_ms = 0.0
    last: float | None = None  # when the stroke before ended, by the recording
    for stroke in strokes:
        if timed:
            at_ms += _pause_ms(last, stroke)
        times = _times_ms(stroke)
        timed.append(Timed(at_ms, times, stroke.t is not None))
        at_ms += times[-1]
        last = max(stroke.t) if stroke.t else None
    return timed


def _pause_ms(last: float | None, stroke: RawStroke) -> float:
    if last is None or not stroke.t:
        return LIFT_MS
    return _capped_ms(stroke.t[0] - last)


def _times_ms(stroke: RawStroke) -> tuple[float, ...]:
    if stroke.t is None:
        return tuple(i * POINT_MS for i in range(len(stroke.x)))
    times = [0.0]
    furthest = stroke.t[0]
    for before, now in pairwise(stroke.t):
        times.append(times[-1] + _capped_ms(now - max(furthest, before)))
        furthest = max(furthest, now)
    return tuple(times)


def _capped_ms(pause_ms: float) -> float:
    return min(max(pause_ms, 0.0), float(MAX_PAUSE_MS))
