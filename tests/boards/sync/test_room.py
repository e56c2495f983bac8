"""A room: in order, once, holes first, whatever comes in."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from boards.sync.frames import FRAME_BYTES, in_frames
from boards.sync.room import MAX_AHEAD, TAIL_CHARS, Room
from tests.support.sync_values import (
    PROPERTY,
    entry_text,
    frames,
    live,
    peer,
    seqs,
    session,
)


def texts(first: int, last: int) -> list[str]:
    return [entry_text(seq) for seq in range(first, last + 1)]


def room_with(n_sessions: int = 1, *, seq: int = 0) -> tuple[Room, list[Any]]:
    room = Room("b")
    room.start(seq)
    sessions = [session() for _ in range(n_sessions)]
    for one in sessions:
        room.admit(one, [])
    return room, sessions


def test_R1_entries_come_in_order() -> None:
    room, (ann,) = room_with()

    assert room.offer(1, texts(1, 2)) is None
    assert room.offer(3, texts(3, 3)) is None

    assert seqs(ann) == [1, 2, 3]


def test_R1_what_was_shown_is_not_shown_again() -> None:
    room, (ann,) = room_with()
    room.offer(1, texts(1, 3))

    room.offer(1, texts(1, 3))
    room.offer(2, texts(2, 5))

    assert seqs(ann) == [1, 2, 3, 4, 5]


def test_R2_a_hole_is_named_and_nothing_after_it_shown() -> None:
    room, (ann,) = room_with()

    hole = room.offer(4, texts(4, 5))

    assert hole == 3
    assert seqs(ann) == []


def test_R2_what_came_early_follows_when_the_hole_is_filled() -> None:
    room, (ann,) = room_with()
    room.offer(4, texts(4, 5))

    assert room.offer(1, texts(1, 3)) is None
    assert seqs(ann) == [1, 2, 3, 4, 5]


def test_R2_a_second_hole_is_named_after_the_first() -> None:
    room, (ann,) = room_with()
    room.offer(3, texts(3, 3))
    room.offer(6, texts(6, 6))

    assert room.offer(1, texts(1, 2)) == 5
    assert seqs(ann) == [1, 2, 3]


def test_R2_what_waits_ahead_is_bounded() -> None:
    room, _ = room_with()
    room.offer(2, ["{}"] * (MAX_AHEAD + 50))

    room.offer(1, texts(1, 1))

    assert room.seq == MAX_AHEAD + 1
    assert room.hole() is None


@PROPERTY
@given(st.data())
def test_R1_R2_any_loss_doubling_and_order_shows_each_entry_once(data: Any) -> None:
    n = data.draw(st.integers(1, 12))
    journal = texts(1, n)
    spans = st.tuples(st.integers(1, n), st.integers(1, 4))
    offers = data.draw(st.lists(spans, max_size=25))
    room, (ann,) = room_with()

    for first, length in offers:
        hole = room.offer(first, journal[first - 1 : first - 1 + length])
        if hole is not None and data.draw(st.booleans()):
            room.offer(room.seq + 1, journal[room.seq : hole])
    room.offer(room.seq + 1, journal[room.seq :])  # the poll

    assert seqs(ann) == list(range(1, n + 1))
    assert room.seq == n


def test_J6_what_is_sent_is_the_stored_text() -> None:
    room, (ann,) = room_with()
    odd = '{"seq":1, "id":"c1" ,"ops":[],"more":1e2}'

    room.offer(1, [odd])

    assert ann.outbox.take() == ['{"type":"entries","entries":[' + odd + "]}"]


def test_R3_a_session_gets_what_it_lacks_then_what_comes() -> None:
    room, _ = room_with(seq=2)
    room.offer(3, texts(3, 4))
    ann = session()

    room.admit(ann, texts(1, 4))
    room.offer(5, texts(5, 5))

    assert seqs(ann) == [1, 2, 3, 4, 5]


def test_R3_the_tail_holds_the_newest_entries() -> None:
    room, _ = room_with(seq=2)
    room.offer(3, texts(3, 5))

    assert room.tail_after(5) == []
    assert room.tail_after(3) == texts(4, 5)
    assert room.tail_after(2) == texts(3, 5)
    assert room.tail_after(1) is None
    assert room.tail_after(6) is None


def test_R3_an_old_tail_is_let_go() -> None:
    room, _ = room_with()
    big = "x" * (TAIL_CHARS // 2)

    room.offer(1, [big, big, big])

    assert room.tail_after(0) is None
    assert room.tail_after(1) == [big, big]


def test_R3_what_came_while_the_head_was_read_is_kept() -> None:
    room = Room("b")
    room.offer(4, texts(4, 6))

    room.start(4)

    assert room.seq == 6
    assert room.tail_after(4) == texts(5, 6)


def test_R3_a_head_that_was_overtaken_changes_nothing() -> None:
    room = Room("b")
    room.offer(1, texts(1, 3))

    room.start(2)

    assert room.seq == 3
    assert room.tail_after(0) == texts(1, 3)


def test_R3_starting_further_forgets_the_tail_before() -> None:
    room = Room("b")
    room.offer(1, texts(1, 1))

    room.start(5)

    assert room.tail_after(5) == []
    assert room.tail_after(0) is None


def test_R4_a_slow_reader_is_cut_and_others_do_not_notice() -> None:
    room = Room("b")
    slow, quick = session(limit_chars=300), session()
    room.admit(slow, [])
    room.admit(quick, [])

    for seq in range(1, 11):
        room.offer(seq, texts(seq, seq))

    assert slow.outbox.closing is not None
    assert seqs(quick) == list(range(1, 11))


def test_P3_who_leaves_gets_nothing_more() -> None:
    room, (ann, ben) = room_with(2)
    room.presence.join(peer(ann.id))
    room.flush(0.0)
    ann.outbox.take()

    room.leave(ann)
    room.leave(ann)
    room.offer(1, texts(1, 1))
    room.flush(0.0)

    assert ann.outbox.take() == []
    assert {"type": "peers", "leave": [ann.id]} in frames(ben)


def test_P2_live_news_is_one_frame_for_all() -> None:
    room, (ann, ben) = room_with(2)
    for one in (ann, ben):
        room.presence.join(peer(one.id))
        room.presence.show(one.id, live(cursor=[1, 2]))

    ours = room.flush(0.0)

    sent = frames(ann)
    assert [frame["type"] for frame in sent] == ["peers", "live"]
    assert set(sent[1]["peers"]) == {ann.id, ben.id}
    assert frames(ben) == sent
    assert len(ours.join) == 2


def test_P1_live_news_is_not_in_the_order() -> None:
    room, (ann,) = room_with()
    room.presence.join(peer(ann.id))
    room.presence.show(ann.id, live(cursor=[1, 2]))

    room.flush(0.0)

    assert room.seq == 0
    assert room.tail_after(0) == []


def test_a_quiet_flush_sends_nothing() -> None:
    room, (ann,) = room_with()

    assert not room.flush(0.0)
    assert ann.outbox.take() == []


# --- a crowd ------------------------------------------------------------------------


def crowded(n_sessions: int = 3) -> tuple[Room, list[Any]]:
    """A room in which three are a crowd."""
    room = Room("b", crowd=3)
    room.start(0)
    sessions = [session() for _ in range(n_sessions)]
    for one in sessions:
        room.admit(one, [])
    return room, sessions


def test_R1_entries_of_a_crowd_go_out_together_before_what_is_live() -> None:
    room, (ann, ben, _) = crowded()
    room.presence.join(peer(ann.id))
    room.offer(1, texts(1, 1))
    room.offer(2, texts(2, 3))
    assert room.is_holding
    assert ann.outbox.take() == []

    room.flush(0.0)

    sent = frames(ann)
    assert [frame["type"] for frame in sent] == ["entries", "peers"]
    assert [entry["seq"] for entry in sent[0]["entries"]] == [1, 2, 3]
    assert frames(ben) == sent
    assert not room.is_holding


def test_R3_a_newcomer_to_a_crowd_gets_each_entry_once() -> None:
    room, (ann, _, _) = crowded()
    room.offer(1, texts(1, 2))

    newcomer = session()
    room.admit(newcomer, texts(1, 2))
    room.offer(3, texts(3, 3))
    room.flush(0.0)

    assert seqs(newcomer) == [1, 2, 3]
    assert seqs(ann) == [1, 2, 3]


def test_R1_a_crowd_that_went_leaves_nothing_behind() -> None:
    room, (ann, ben, cem) = crowded()
    room.offer(1, texts(1, 1))

    room.leave(ben)
    room.leave(cem)
    room.offer(2, texts(2, 2))  # not before what is held
    room.flush(0.0)
    room.offer(3, texts(3, 3))

    assert seqs(ann) == [1, 2, 3]


@PROPERTY
@given(st.lists(st.integers(1, 400), max_size=30))
def test_frames_carry_all_entries_and_none_is_huge(sizes: list[int]) -> None:
    many = [json.dumps("x" * (size * 1_000)) for size in sizes]

    made = in_frames(many)

    carried = [text for frame in made for text in json.loads(frame)["entries"]]
    assert carried == [json.loads(text) for text in many]
    longest = max(map(len, many), default=0)
    assert all(len(frame) <= FRAME_BYTES + longest + 100 for frame in made)
