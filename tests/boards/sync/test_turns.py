"""Turns: everybody gets all frames from when they came, in order and once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from boards.sync.session import Session
from boards.sync.turns import Turns
from tests.support.sync_values import PROPERTY, session


def turns_with(n_sessions: int, size: int) -> tuple[Turns, list[Session]]:
    turns = Turns(size)
    sessions = [session() for _ in range(n_sessions)]
    for one in sessions:
        turns.add(one)
    return turns, sessions


def heard(sessions: list[Session]) -> list[list[str]]:
    return [one.outbox.take() for one in sessions]


def test_a_small_room_is_one_turn() -> None:
    turns, sessions = turns_with(3, size=3)

    turns.put(["a"])
    assert turns.n_in_round == 1
    turns.send_some()

    assert heard(sessions) == [["a"]] * 3
    assert turns.is_done


def test_a_large_room_is_sent_to_part_by_part() -> None:
    turns, sessions = turns_with(5, size=2)

    turns.put(["a"])
    assert turns.n_in_round == 3
    turns.send_some()

    assert heard(sessions) == [["a"], ["a"], [], [], []]
    assert not turns.is_done


def test_who_comes_later_in_a_round_gets_what_was_put_meanwhile() -> None:
    turns, sessions = turns_with(4, size=2)
    turns.put(["a"])
    turns.send_some()

    turns.put(["b"])
    turns.send_some()
    assert heard(sessions) == [["a"], ["a"], ["a", "b"], ["a", "b"]]
    turns.send_some()

    assert heard(sessions) == [["b"], ["b"], [], []]
    assert turns.is_done


def test_R3_a_newcomer_gets_nothing_from_before() -> None:
    turns, _ = turns_with(4, size=2)
    turns.put(["a"])
    turns.send_some()
    ann = session()

    turns.add(ann)
    turns.put(["b"])
    turns.send_all()

    assert ann.outbox.take() == ["b"]


def test_parts_that_became_small_share_a_turn() -> None:
    turns, sessions = turns_with(6, size=2)
    for one in sessions[::2]:
        turns.remove(one)
    turns.put(["a"])

    turns.send_some()
    turns.send_some()

    assert heard(sessions) == [[], ["a"]] * 3
    assert turns.is_done


def test_with_nobody_there_nothing_is_kept() -> None:
    turns, (ann,) = turns_with(1, size=2)
    turns.put(["a"])
    turns.remove(ann)

    turns.put(["b"])

    assert turns.is_done
    turns.send_all()
    assert ann.outbox.take() == []


@PROPERTY
@given(st.data())
def test_R1_everybody_gets_each_frame_once_and_in_order(data: Any) -> None:
    turns = Turns(data.draw(st.integers(1, 4)))
    here: list[Session] = []
    due: dict[str, list[str]] = {}
    gone: list[Session] = []
    n_put = 0
    verbs = st.sampled_from(["add", "add", "leave", "put", "put", "some", "some"])
    for verb in data.draw(st.lists(verbs, max_size=60)):
        if verb == "add":
            here.append(session())
            turns.add(here[-1])
            due[here[-1].id] = []
        elif verb == "leave" and here:
            gone.append(here.pop(data.draw(st.integers(0, len(here) - 1))))
            turns.remove(gone[-1])
        elif verb == "put":
            n_put += 1
            turns.put([str(n_put)])
            for one in here:
                due[one.id].append(str(n_put))
        elif verb == "some":
            turns.send_some()
    turns.send_all()

    assert turns.is_done
    for one in here:
        assert one.outbox.take() == due[one.id]
    for one in gone:  # a part of it, from the beginning
        got = one.outbox.take()
        assert got == due[one.id][: len(got)]
