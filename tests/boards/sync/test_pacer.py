"""The pacer: at once when it is quiet, ever rarer under load."""

import asyncio
from typing import Any

import pytest

from boards.sync.pacer import Pacer
from boards.sync.room import Room
from boards.sync.turns import TURN
from tests.support.engines import settle
from tests.support.sync_values import session
from tests.support.world.clock import WorldClock

REST_S = 0.002


def always(took_s: float) -> float:
    """The same rest, however long it took."""
    return REST_S


class Flushes:
    """Notes which rooms are flushed; each flush takes some time."""

    def __init__(self, clock: WorldClock, took_s: float = 0.0) -> None:
        self._clock = clock
        self.took_s = took_s
        self.seen: list[str] = []

    def __call__(self, room: Room) -> None:
        self.seen.append(room.board_id)
        self._clock.step(self._clock.now() + self.took_s)


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock()


async def test_a_quiet_board_is_flushed_at_once(clock: WorldClock) -> None:
    flushes = Flushes(clock)
    pacer = Pacer(clock, flushes, always)

    pacer.mark(Room("a"))
    await settle()

    assert flushes.seen == ["a"]
    await pacer.stop()


async def test_P2_what_comes_within_a_pace_is_flushed_once(clock: WorldClock) -> None:
    flushes = Flushes(clock)
    pacer = Pacer(clock, flushes, always)
    one, other = Room("a"), Room("b")
    pacer.mark(one)
    await settle()

    for _ in range(5):
        pacer.mark(other)
        pacer.mark(one)
    await settle()
    assert flushes.seen == ["a"]
    await clock.move(REST_S)

    assert flushes.seen == ["a", "b", "a"]
    await pacer.stop()


async def test_it_rests_as_it_is_told(clock: WorldClock) -> None:
    took_s, rest_s = 0.005, 0.020
    flushes = Flushes(clock, took_s)
    pacer = Pacer(clock, flushes, lambda took_s: 4 * took_s)
    room = Room("a")
    pacer.mark(room)
    await settle()
    pacer.mark(room)

    await clock.move(rest_s - 0.0001)
    assert flushes.seen == ["a"]
    await clock.move(0.0002)

    assert flushes.seen == ["a", "a"]
    await pacer.stop()


async def test_large_rooms_have_their_turns_between_each_other(
    clock: WorldClock,
) -> None:
    """And what came in during a long turn is read before the next."""
    flushes = Flushes(clock, took_s=0.004)
    pacer = Pacer(clock, flushes, always)
    large, small = Room("large"), Room("small")
    for _ in range(2 * TURN + 1):
        large.admit(session(), [])

    pacer.mark(large)
    pacer.mark(small)
    asyncio.get_running_loop().call_soon(flushes.seen.append, "read")
    await settle()

    assert flushes.seen == ["large", "read", "small", "large", "large"]
    await pacer.stop()


async def test_what_is_left_of_a_round_is_in_the_next(clock: WorldClock) -> None:
    room = Room("a")
    ann, *_, bob = everybody = [session() for _ in range(TURN + 1)]
    for one in everybody:
        room.admit(one, [])

    def flush(room: Room) -> None:
        flushed.append(room)
        if len(flushed) == 2:  # news of the last turn, which is not everybody's
            room.tell("news")
        room.flush(0.0)

    flushed: list[Room] = []
    pacer = Pacer(clock, flush, always)
    pacer.mark(room)
    await settle()
    assert (ann.outbox.take(), bob.outbox.take()) == (["news"], [])
    await clock.move(REST_S)

    assert bob.outbox.take() == ["news"]
    await pacer.stop()


async def test_it_ends_when_nothing_is_marked_and_begins_again(
    clock: WorldClock,
) -> None:
    flushes = Flushes(clock)
    pacer = Pacer(clock, flushes, always)
    pacer.mark(Room("a"))
    await settle()
    await clock.move(1.0)
    assert clock.next_due is None

    pacer.mark(Room("b"))
    await settle()

    assert flushes.seen == ["a", "b"]
    await pacer.stop()


class LateClock(WorldClock):
    """Whoever sleeps is woken half a second late."""

    async def sleep(self, seconds: float) -> None:
        self.step(self.now() + seconds + 0.5)


async def test_it_tells_how_late_its_timer_was() -> None:
    late: list[float] = []
    clock = LateClock()
    pacer = Pacer(clock, Flushes(clock), always, late.append)

    pacer.mark(Room("a"))
    await settle()

    assert late == [pytest.approx(0.5)]


async def test_stopped_it_drops_what_was_marked(clock: WorldClock) -> None:
    flushes = Flushes(clock)
    pacer = Pacer(clock, flushes, always)
    pacer.mark(Room("a"))
    await settle()
    pacer.mark(Room("b"))

    await pacer.stop()
    await pacer.stop()
    await clock.move(1.0)

    assert flushes.seen == ["a"]


async def test_a_flush_that_fails_does_not_end_the_pacer(clock: WorldClock) -> None:
    seen: list[Any] = []

    def fail_once(room: Room) -> None:
        seen.append(room)
        if len(seen) == 1:
            raise ValueError("a defect")

    pacer = Pacer(clock, fail_once, always)
    pacer.mark(Room("a"))
    await settle()

    pacer.mark(Room("b"))
    await settle()
    await clock.move(1.0)

    assert [room.board_id for room in seen] == ["a", "b"]
    await pacer.stop()
