"""From a recorded stroke to a pen element that the wire takes."""

from itertools import count

import pytest

from boards.replay.corpus import Drawing, RawStroke, read_drawings
from boards.replay.layout import Cell, grid
from boards.replay.strokes import PlacedStroke, count_elements, place_drawing
from boards.sync import protocol
from boards.sync.properties import MAX_POINTS
from tests.support.corpus import EXCERPT, LARGE


def place(raw: RawStroke) -> list[PlacedStroke]:
    drawing = Drawing(id="a", source="quickdraw", label="", strokes=[raw])
    ids = count(1)
    return place_drawing(
        drawing, Cell(0, 0), color="#e03131", new_id=lambda: f"e{next(ids)}"
    )


def raw_stroke(n_points: int, pressure: list[float] | None = None) -> RawStroke:
    line = [float(i) / 3 for i in range(n_points)]
    times = [float(i * 10) for i in range(n_points)]
    return RawStroke(x=line, y=line[::-1], t=times, p=pressure)


def test_points_are_relative_and_rounded_to_a_tenth() -> None:
    (stroke,) = place(raw_stroke(5))

    assert stroke.pen.points[:2] == [0, 0]
    assert all(value == round(value, 1) for value in stroke.pen.points)
    assert len(stroke.pen.points) == 10


def test_whole_numbers_are_short_on_the_wire() -> None:
    raw = RawStroke(x=[0.0, 320.0], y=[0.0, 0.0], t=None, p=None)

    (stroke,) = place(raw)

    assert '"points":[0,0,320,0]' in protocol.encode(stroke.pen)


def test_times_are_kept_where_the_source_had_them() -> None:
    (stroke,) = place(raw_stroke(3))

    assert stroke.pen.time == [0, 10, 20]
    assert stroke.times_ms == (0, 10, 20)


def test_a_made_up_rate_is_not_stored() -> None:
    raw = RawStroke(x=[0.0, 1.0], y=[0.0, 1.0], t=None, p=None)

    (stroke,) = place(raw)

    assert stroke.pen.time == []
    assert len(stroke.times_ms) == 2


@pytest.mark.parametrize(
    ("pressure", "stored"),
    [
        (None, []),
        ([0.5, 0.5], []),
        ([0.0, 0.0], []),
        ([0.123, 1.0], [0.12, 1]),
    ],
)
def test_pressure_is_kept_where_the_device_felt_it(
    pressure: list[float] | None, stored: list[float]
) -> None:
    (stroke,) = place(raw_stroke(2, pressure))

    assert stroke.pen.pressure == stored


def test_a_stroke_over_the_limit_becomes_several_that_meet() -> None:
    raw = raw_stroke(2 * MAX_POINTS + 5, [0.1, 0.2] * MAX_POINTS + [0.3] * 5)

    parts = place(raw)

    assert [len(part.times_ms) for part in parts] == [MAX_POINTS, MAX_POINTS, 7]
    assert count_elements(Drawing(id="a", source="s", label="", strokes=[raw])) == len(
        parts
    )
    before, after = parts[0], parts[1]
    assert after.start_ms == before.end_ms
    assert before.pen.y + before.pen.points[-1] == pytest.approx(after.pen.y)
    for part in parts:
        protocol.decode_change(
            protocol.encode(protocol.Change(part.pen.id, [protocol.Put(part.pen)]))
        )


def test_the_wire_takes_every_stroke_of_the_corpus() -> None:
    paths = sorted(LARGE.glob("*.jsonl")) or [EXCERPT]
    ids = count(1)

    for path in paths:
        drawings = read_drawings(path, 100)
        for drawing, cell in zip(drawings, grid(len(drawings)), strict=True):
            placed = place_drawing(
                drawing, cell, color="#e03131", new_id=lambda: f"e{next(ids)}"
            )
            for stroke in placed:
                change = protocol.Change(stroke.pen.id, [protocol.Put(stroke.pen)])
                assert protocol.decode_change(protocol.encode(change)) == change
