"""A drawing growing step by step, without a clock."""

import pytest

from boards.replay.corpus import read_drawings
from boards.replay.layout import Cell
from boards.replay.playback import Playback, Step
from boards.replay.strokes import PlacedStroke, place_drawing
from boards.sync import protocol
from boards.sync.elements import Pen
from boards.sync.live import Extend
from boards.sync.protocol import Put
from tests.support.corpus import EXCERPT


def stroke(name: str, *, start_ms: float = 0, n_points: int = 4) -> PlacedStroke:
    """A stroke to the right, 10 units and 10 ms a point."""
    pen = Pen(
        id=name,
        x=100,
        y=200,
        points=[v for i in range(n_points) for v in (10 * i, 0)],
        pressure=[0.5] * n_points,
        time=[10 * i for i in range(n_points)],
    )
    return PlacedStroke(pen, start_ms, tuple(10.0 * i for i in range(n_points)))


def drafted(step: Step) -> Pen:
    assert isinstance(step.live.draft, list)
    (put,) = step.live.draft
    assert isinstance(put, Put)
    assert isinstance(put.element, Pen)
    return put.element


def test_a_stroke_begins_as_a_draft_of_what_is_drawn_so_far() -> None:
    step = Playback([stroke("a")], 1).step(15)

    pen = drafted(step)

    assert pen.id == "a"
    assert pen.points == [0, 0, 10, 0]
    assert (pen.pressure, pen.time) == ([0.5, 0.5], [0, 10])
    assert step.live.cursor == [110, 200]
    assert step.finished == []


def test_a_stroke_grows_by_its_new_points_only() -> None:
    playback = Playback([stroke("a")], 1)
    playback.step(5)

    extend = playback.step(20).live.extend

    assert isinstance(extend, Extend)
    assert (extend.id, extend.offset) == ("a", 1)
    assert extend.points == [10, 0, 20, 0]
    assert (extend.pressure, extend.time) == ([0.5, 0.5], [10, 20])


def test_a_step_without_a_new_point_shows_the_cursor_alone() -> None:
    playback = Playback([stroke("a")], 1)
    playback.step(11)

    step = playback.step(12)

    assert protocol.encode(step.live) == '{"type":"live","cursor":[110,200]}'


def test_a_finished_stroke_is_handed_out_once_and_whole() -> None:
    playback = Playback([stroke("a"), stroke("b", start_ms=100)], 1)

    finished = [playback.step(at).finished for at in (5, 30, 60, 130)]

    assert [[pen.id for pen in pens] for pens in finished] == [[], ["a"], [], ["b"]]
    assert finished[1][0].points == stroke("a").pen.points
    assert playback.is_over


def test_one_step_may_finish_several_strokes() -> None:
    strokes = [stroke("a"), stroke("b", start_ms=30), stroke("c", start_ms=60)]

    step = Playback(strokes, 1).step(75)

    assert [pen.id for pen in step.finished] == ["a", "b"]
    assert drafted(step).id == "c"


def test_the_cursor_travels_through_the_air_between_strokes() -> None:
    playback = Playback([stroke("a"), stroke("b", start_ms=130)], 1)

    halfway = playback.step(80).live.cursor

    assert halfway == [115, 200]


def test_speed_makes_time_run_faster() -> None:
    playback = Playback([stroke("a")], 4)

    step = playback.step(7.5)

    assert [pen.id for pen in step.finished] == ["a"]
    assert playback.duration_ms == pytest.approx(7.5)


def test_a_draft_that_was_lost_is_shown_whole_again() -> None:
    playback = Playback([stroke("a")], 1)
    playback.step(15)

    playback.forget_draft()

    assert drafted(playback.step(20)).points == [0, 0, 10, 0, 20, 0]


def test_a_drawing_without_strokes_is_over_at_once() -> None:
    playback = Playback([], 4)

    assert playback.is_over
    assert playback.duration_ms == 0
    assert playback.step(0).finished == []


@pytest.mark.parametrize("speed", [0.5, 4, 1000])
def test_draft_and_extends_add_up_to_the_stroke(speed: float) -> None:
    for drawing in read_drawings(EXCERPT, 20):
        strokes = place_drawing(
            drawing, Cell(0, 0), color="#e03131", new_id=lambda: "a"
        )
        playback = Playback(strokes, speed)
        grown: list[int | float] = []
        now_ms = 0.0
        while not playback.is_over:
            step = playback.step(now_ms)
            protocol.decode_frame(protocol.encode(step.live))
            for pen in step.finished:
                assert pen.points[: len(grown)] == grown
                grown = []
            if isinstance(step.live.draft, list):
                grown = list(drafted(step).points)
            elif isinstance(step.live.extend, Extend):
                assert step.live.extend.offset == len(grown) // 2
                grown += step.live.extend.points
            now_ms += 33
