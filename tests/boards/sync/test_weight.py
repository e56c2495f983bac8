"""What is large of what is live goes out at a rate that a slow line takes."""

import json

import pytest

from boards.sync.elements import Pen
from boards.sync.live import Extend
from boards.sync.protocol import Live, Op, Put
from boards.sync.room import Room
from boards.sync.weight import AHEAD_S, CHARS_PER_S, SMALL_CHARS, Weight
from tests.support.sync_values import peer, session

STEP_S, N_STEPS = 0.016, 60
LONG_S = 10.0


def test_what_is_small_is_always_told() -> None:
    weight = Weight()
    weight.look(0.0)

    assert all(weight.take("s", SMALL_CHARS) for _ in range(10_000))
    assert not weight.waiting


def test_who_shows_too_much_waits_and_tells_again() -> None:
    weight = Weight()
    weight.look(0.0)
    told = [weight.take("s", CHARS_PER_S // 2) for _ in range(3)]

    assert told == [True, True, False]
    assert weight.look(0.1) == {"s"}
    assert weight.look(0.3) == set()
    assert weight.take("s", CHARS_PER_S // 2)
    assert weight.look(0.4) == {"s"}


def ink(id_: str, first: int = 0) -> Op:
    """A stroke of some fifty thousand characters."""
    return Put(Pen(id=id_, x=0, y=0, points=[first, *([12345] * 8_999)]))


def shown(room: Room, n_people: int, step: int, way: str) -> None:
    """What each of some people does in a step, large in one of several ways."""
    for n in range(n_people):
        if way == "selection":
            doing = [Live(selection=[f"{step}-{i:060}" for i in range(999)])]
        elif way == "draft" or step == 0:
            doing = [Live(draft=[ink("p0", step), ink("p1")])]
        else:  # a few points to this stroke and to that: the whole draft is told
            at = 4_500 + step - 1
            doing = [Live(extend=Extend(id_, at, [1, 1])) for id_ in ("p0", "p1")]
        for live in doing:
            room.presence.show(f"p{n}", live)
        room.presence.show(f"p{n}", Live(cursor=[step, 0]))


@pytest.mark.parametrize("way", ["selection", "draft", "extend"])
@pytest.mark.parametrize("n_people", [1, 3])
def test_R4_nobody_fills_the_lines_of_the_others(n_people: int, way: str) -> None:
    room = Room("b")
    reader = session(limit_chars=10**9)
    room.admit(reader, [])
    for n in range(n_people):
        room.presence.join(peer(f"p{n}"))
    n_chars = most = 0
    for step in range(N_STEPS):
        shown(room, n_people, step, way)
        room.flush(step * STEP_S)
        n_now = sum(map(len, reader.outbox.take()))
        n_chars, most = n_chars + n_now, max(most, n_now)

    assert most < CHARS_PER_S
    assert CHARS_PER_S < n_chars < CHARS_PER_S * (AHEAD_S + STEP_S * N_STEPS + 0.2)


def test_what_waits_is_told_as_it_is_by_then() -> None:
    room = Room("b")
    reader = session(limit_chars=10**9)
    room.admit(reader, [])
    room.presence.join(peer("p0"))
    for step in range(20):
        shown(room, 1, step, "draft")
        room.flush(0.0)
    reader.outbox.take()
    room.flush(LONG_S)

    (frame,) = (json.loads(text) for text in reader.outbox.take())
    doing = frame["peers"]["p0"]
    assert doing["cursor"] == [19, 0]
    assert doing["draft"][0]["element"]["points"][0] == 19
    assert not room.is_behind
