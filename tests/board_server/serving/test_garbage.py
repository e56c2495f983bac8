"""Cycles are collected once a minute."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from twisted.internet.task import Clock

from board_server.serving.garbage import EVERY_S, NEVER, collect_by_the_clock


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_garbage_in_cycles_goes_each_minute() -> None:
    clock = Clock()
    collect_by_the_clock(clock)

    for _ in range(2):
        knot = weakref.ref(Knot())
        clock.advance(EVERY_S - 1)
        assert knot() is not None
        clock.advance(1)
        assert knot() is None


def test_nothing_is_looked_through_whole_in_between() -> None:
    collect_by_the_clock(Clock())

    assert gc.get_threshold()[2] == NEVER
    assert gc.get_freeze_count() > 0
