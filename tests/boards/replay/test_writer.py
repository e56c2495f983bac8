"""A writer at a board that is a list, with a clock that moves when told."""

import asyncio
from itertools import count

import pytest

from boards.replay.connection import ChangeRejected, ConnectionEnded
from boards.replay.corpus import read_drawings
from boards.replay.layout import Cell
from boards.replay.strokes import PlacedStroke, place_drawing
from boards.replay.writer import MAX_UNACKNOWLEDGED, Tally, Writer
from boards.sync.protocol import Live, Submit
from tests.support.corpus import EXCERPT


class FakeClock:
    """Jumps to whatever instant is waited for."""

    def __init__(self) -> None:
        self.at_ms = 0.0

    def now_ms(self) -> float:
        return self.at_ms

    async def wait_until(self, at_ms: float) -> None:
        self.at_ms = max(self.at_ms, at_ms)


class FakeBoard:
    """Keeps what it was given; answers each change as told."""

    live_ms = 33

    def __init__(self, answer: Exception | None = None, *, is_mute: bool = False):
        self.submitted: list[Submit] = []
        self.shown: list[Live] = []
        self._answer = answer
        self._is_mute = is_mute

    def submit(self, change: Submit) -> asyncio.Future[int]:
        self.submitted.append(change)
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        if self._answer is not None:
            done.set_exception(self._answer)
        elif not self._is_mute:
            done.set_result(len(self.submitted))
        return done

    def show(self, live: Live) -> None:
        self.shown.append(live)


def strokes(n_drawing: int = 0) -> list[PlacedStroke]:
    drawing = read_drawings(EXCERPT, n_drawing + 1)[n_drawing]
    ids = count(1)
    return place_drawing(
        drawing, Cell(0, 0), color="#e03131", new_id=lambda: f"e{next(ids)}"
    )


def writer(
    board: FakeBoard, clock: FakeClock, tally: Tally, *, patience_s: float = 60
) -> Writer:
    return Writer(board, clock, speed=4, patience_s=patience_s, tally=tally)


async def test_each_stroke_is_one_change_in_order() -> None:
    board, tally, placed = FakeBoard(), Tally(), strokes()
    hand = writer(board, FakeClock(), tally)

    await hand.draw(placed)
    await hand.finish()

    assert [change.id for change in board.submitted] == [s.pen.id for s in placed]
    assert (tally.n_drawings, tally.n_acknowledged) == (1, len(placed))
    assert tally.n_points == sum(len(stroke.times_ms) for stroke in placed)


async def test_a_drawing_takes_its_own_time_at_this_speed() -> None:
    clock, placed = FakeClock(), strokes()

    await writer(FakeBoard(), clock, Tally()).draw(placed)

    assert clock.at_ms == pytest.approx(placed[-1].end_ms / 4, abs=2 * 33)


async def test_live_frames_come_at_the_pace_of_the_server() -> None:
    board, clock = FakeBoard(), FakeClock()

    await writer(board, clock, Tally()).draw(strokes())

    assert len(board.shown) <= clock.at_ms / board.live_ms + 2


async def test_at_the_end_the_draft_and_the_cursor_are_gone() -> None:
    board = FakeBoard()
    hand = writer(board, FakeClock(), Tally())

    await hand.draw(strokes())
    await hand.finish()

    assert board.shown[-1] == Live(cursor=None, draft=None)


async def test_a_new_socket_sees_the_growing_stroke_whole() -> None:
    board, clock = FakeBoard(), FakeClock()
    hand = writer(board, clock, Tally())
    drawing = asyncio.create_task(hand.draw(strokes()))
    await drawing

    hand.forget_draft()

    assert board.shown[-1] == Live(tool="pen")


async def test_a_rejected_stroke_counts_as_failed_and_the_rest_goes_on() -> None:
    board, tally = FakeBoard(ChangeRejected("invalid: no")), Tally()
    hand = writer(board, FakeClock(), tally)

    await hand.draw(strokes())
    await hand.finish()

    assert tally.n_failed == len(strokes())
    assert tally.fault == "invalid: no"


async def test_who_is_sent_away_stops_drawing() -> None:
    board, tally = FakeBoard(ConnectionEnded("4004 gone")), Tally()

    with pytest.raises(ConnectionEnded):
        await writer(board, FakeClock(), tally).draw(strokes())

    assert (tally.n_failed, tally.fault) == (1, "4004 gone")


async def test_patience_ends_when_nothing_is_acknowledged() -> None:
    board, tally = FakeBoard(is_mute=True), Tally()
    hand = writer(board, FakeClock(), tally, patience_s=0.001)
    await hand.draw(strokes())

    with pytest.raises(ConnectionEnded, match="no acknowledgement"):
        await hand.finish()

    assert tally.n_acknowledged == 0


async def test_a_board_that_does_not_answer_stops_the_hand() -> None:
    board, tally = FakeBoard(is_mute=True), Tally()
    placed = [stroke for n in range(30) for stroke in strokes(n)]

    with pytest.raises(ConnectionEnded):
        await writer(board, FakeClock(), tally, patience_s=0.001).draw(placed)

    assert len(board.submitted) == MAX_UNACKNOWLEDGED + 1
