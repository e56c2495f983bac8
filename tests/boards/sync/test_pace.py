"""The pace: as many frames as are welcome, however many people tell something."""

import pytest

from boards.sync.pace import (
    CALM,
    LATE_S,
    LOOK_S,
    MOST_MS,
    PICTURE_S,
    REST_MAX_S,
    REST_MIN_S,
    LivePace,
)

LEAST_MS = 33
WELCOME = 6_000


class Crowd:
    """People who tell something at the pace that they were told last."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pace = LivePace(least_ms=LEAST_MS, frames_per_s=WELCOME, now=0.0)
        self.n_told = 0  # paces

    def pass_time(self, seconds: float, n_people: int, late_s: float = 0.0) -> None:
        """So many people tell something for so long."""
        for _ in range(round(seconds / LOOK_S)):
            for _ in range(round(n_people * 1_000 / self.pace.ms * LOOK_S)):
                self.pace.note()
            self.now += LOOK_S
            self.n_told += self.pace.look(self.now, late_s)

    def frames_per_s(self, n_people: int) -> float:
        return n_people * 1_000 / self.pace.ms


def test_few_people_tell_as_often_as_they_can() -> None:
    crowd = Crowd()

    crowd.pass_time(10, 150)

    assert crowd.pace.ms == LEAST_MS
    assert crowd.n_told == 0


def test_a_crowd_is_slower_at_once() -> None:
    crowd = Crowd()

    crowd.pass_time(LOOK_S, 400)

    assert crowd.pace.ms == 67
    assert 0.95 * WELCOME < crowd.frames_per_s(400) < 1.05 * WELCOME


def test_it_knows_how_much_of_what_is_welcome_came() -> None:
    crowd = Crowd()
    assert crowd.pace.share == 0

    crowd.pass_time(1, 50)

    assert 0.2 < crowd.pace.share < 0.3


def test_a_steady_crowd_is_told_once() -> None:
    crowd = Crowd()

    crowd.pass_time(60, 400)

    assert crowd.n_told == 1


def test_it_recovers_by_itself() -> None:
    crowd = Crowd()
    crowd.pass_time(5, 600)
    assert crowd.pace.ms == 100

    crowd.pass_time(5, 20)

    assert crowd.pace.ms == LEAST_MS


def test_a_process_that_cannot_keep_up_asks_for_less_and_then_for_more_again() -> None:
    crowd = Crowd()
    crowd.pass_time(2, 300)
    before = crowd.pace.ms

    crowd.pass_time(2, 300, late_s=2 * LATE_S)
    slow = crowd.pace.ms
    crowd.pass_time(30, 300)

    assert slow > 1.5 * before
    assert before <= crowd.pace.ms <= CALM * before


def test_a_sending_is_followed_by_a_rest() -> None:
    calm = LivePace(least_ms=LEAST_MS, frames_per_s=WELCOME, now=0.0)
    crowd = Crowd()
    crowd.pass_time(1, 300)
    assert crowd.pace.ms == 50

    assert calm.rest_s(0.0) == REST_MIN_S
    assert calm.rest_s(1.0) == REST_MIN_S  # who only watches is sent to at once
    assert crowd.pace.rest_s(0.0) == pytest.approx(PICTURE_S, rel=0.05)
    assert crowd.pace.rest_s(0.025) == pytest.approx(0.020, rel=0.05)
    assert crowd.pace.rest_s(1.0) == REST_MAX_S


def test_there_is_an_end_to_it() -> None:
    crowd = Crowd()

    crowd.pass_time(10, 5_000, late_s=1.0)

    assert crowd.pace.ms == MOST_MS


def test_it_thinks_no_more_often_than_it_may() -> None:
    pace = LivePace(least_ms=LEAST_MS, frames_per_s=WELCOME, now=0.0)
    for _ in range(10_000):
        pace.note()

    assert not pace.look(LOOK_S / 2, 0.0)
    assert pace.look(LOOK_S, 0.0)
