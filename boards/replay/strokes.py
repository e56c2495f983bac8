"""Drawings as pen elements, with the times at which their points appear.

Pure: drawing, cell and colour in, elements within the limits of the wire out. The
coordinates are rounded to a tenth of a unit, like those of a pen at zoom 1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from boards.replay.corpus import Drawing, RawStroke
from boards.replay.layout import Cell, Placement, fit
from boards.replay.timing import Timed, time_strokes
from boards.sync.elements import Pen
from boards.sync.properties import MAX_POINTS

STROKE_WIDTH_UNITS = 3  # reads well from the whole grid to a single cell
MAX_STORED_TIME_MS = 86_400_000  # the wire's bound for `time`


@dataclass(frozen=True, slots=True)
class PlacedStroke:
    """A finished pen element and when each of its points is drawn.

    `start_ms` counts from the start of the drawing, `times_ms` from `start_ms`.
    """

    pen: Pen
    start_ms: float
    times_ms: tuple[float, ...]

    @property
    def end_ms(self) -> float:
        """When the last point is drawn."""
        return self.start_ms + self.times_ms[-1]


def place_drawing(
    drawing: Drawing, cell: Cell, *, color: str, new_id: Callable[[], str]
) -> list[PlacedStroke]:
    """The strokes of a drawing in its cell, in the order they are drawn.

    A stroke with more points than an element may have becomes several, each starting
    where the one before ended.
    """
    placement = fit(drawing, cell)
    timed = time_strokes(drawing.strokes)
    return [
        _place(raw, times, part, _Ink(placement, color, new_id()))
        for raw, times in zip(drawing.strokes, timed, strict=True)
        for part in _parts(len(raw.x))
    ]


def count_elements(drawing: Drawing) -> int:
    """How many elements `place_drawing` makes of a drawing."""
    return sum(1 for raw in drawing.strokes for _ in _parts(len(raw.x)))


@dataclass(frozen=True, slots=True)
class _Ink:
    placement: Placement
    color: str
    id: str


def _parts(n_points: int) -> Iterator[slice]:
    """Ranges of at most MAX_POINTS that share their border points."""
    first = 0
    while True:
        last = min(first + MAX_POINTS, n_points)
        yield slice(first, last)
        if last == n_points:
            return
        first = last - 1


def _place(raw: RawStroke, timed: Timed, part: slice, ink: _Ink) -> PlacedStroke:
    places = [
        ink.placement.point(x, y) for x, y in zip(raw.x[part], raw.y[part], strict=True)
    ]
    x, y = _tenth(places[0][0]), _tenth(places[0][1])
    times = timed.times_ms[part]
    since_first = tuple(at - times[0] for at in times)
    pen = Pen(
        id=ink.id,
        x=x,
        y=y,
        stroke=ink.color,
        width=STROKE_WIDTH_UNITS,
        points=[_tenth(v) for px, py in places for v in (px - x, py - y)],
        pressure=_pressure(raw, part),
        time=_stored_times(since_first) if timed.is_recorded else [],
    )
    return PlacedStroke(pen, timed.start_ms + times[0], since_first)


def _pressure(raw: RawStroke, part: slice) -> list[int | float]:
    if raw.p is None or not raw.has_pressure:
        return []
    return [_short(round(p, 2)) for p in raw.p[part]]


def _stored_times(times_ms: tuple[float, ...]) -> list[int]:
    return [min(round(at), MAX_STORED_TIME_MS) for at in times_ms]


def _tenth(value: float) -> int | float:
    return _short(round(value, 1))


def _short(value: float) -> int | float:
    """Whole numbers as integers: half of the bytes, and no negative zero."""
    return int(value) if value.is_integer() else value
