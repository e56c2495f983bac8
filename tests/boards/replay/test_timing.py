"""When points are drawn: pauses capped, times monotone, a rate where there is none."""

import pytest

from boards.replay.corpus import RawStroke
from boards.replay.timing import LIFT_MS, MAX_PAUSE_MS, POINT_MS, time_strokes


def stroke(times: list[float] | None, n_points: int = 0) -> RawStroke:
    n_points = n_points or len(times or [0])
    line = [float(i) for i in range(n_points)]
    return RawStroke(x=line, y=line, t=times, p=None)


def test_recorded_times_are_kept() -> None:
    timed = time_strokes([stroke([0, 10, 30]), stroke([530, 540])])

    assert [one.start_ms for one in timed] == [0, 530]
    assert [one.times_ms for one in timed] == [(0, 10, 30), (0, 10)]
    assert all(one.is_recorded for one in timed)


def test_a_long_pause_between_strokes_is_capped() -> None:
    timed = time_strokes([stroke([0, 10]), stroke([7_200_000, 7_200_010])])

    assert timed[1].start_ms == 10 + MAX_PAUSE_MS


def test_a_long_pause_inside_a_stroke_is_capped() -> None:
    timed = time_strokes([stroke([0, 60_000, 60_010])])

    assert timed[0].times_ms == (0, MAX_PAUSE_MS, MAX_PAUSE_MS + 10)


def test_a_time_that_goes_back_waits_for_the_others() -> None:
    timed = time_strokes([stroke([0, 20, 10, 30])])

    assert timed[0].times_ms == (0, 20, 20, 30)


def test_a_stroke_that_overlaps_starts_at_the_end_of_the_one_before() -> None:
    timed = time_strokes([stroke([0, 100]), stroke([50, 80])])

    assert timed[1].start_ms == 100
    assert timed[1].times_ms == (0, 30)


def test_without_times_a_calm_hand_draws() -> None:
    timed = time_strokes([stroke(None, 4), stroke(None, 1)])

    assert timed[0].times_ms == pytest.approx((0, POINT_MS, 2 * POINT_MS, 3 * POINT_MS))
    assert timed[1].start_ms == pytest.approx(3 * POINT_MS + LIFT_MS)
    assert not timed[0].is_recorded


def test_a_first_stroke_that_began_late_starts_at_once() -> None:
    timed = time_strokes([stroke([5000, 5010])])

    assert timed[0].start_ms == 0
    assert timed[0].times_ms == (0, 10)
