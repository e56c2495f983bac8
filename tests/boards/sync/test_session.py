"""An outbox: in order, bounded by what is unread, cut alone."""

from hypothesis import given
from hypothesis import strategies as st

from boards.sync.refusals import CLOSE_GOING_AWAY, CLOSE_TOO_SLOW
from boards.sync.session import CHECKPOINT_CHARS, Closing, Outbox
from tests.support.sync_values import PROPERTY, session


def outbox(limit_chars: int = 1_000) -> tuple[Outbox, list[str]]:
    woken: list[str] = []
    return Outbox(limit_chars, lambda: woken.append("woken")), woken


def test_R1_frames_are_taken_in_order_and_once() -> None:
    box, woken = outbox()
    box.push("a")
    box.push("b")

    assert box.take() == ["a", "b"]
    assert box.take() == []
    assert woken == ["woken", "woken"]


def test_R4_too_much_unread_closes_as_too_slow() -> None:
    box, _ = outbox(10)
    box.push("x" * 8)
    box.push("x" * 8)

    assert box.closing is not None
    assert box.closing.code == CLOSE_TOO_SLOW
    assert box.take() == []


def test_R4_what_was_confirmed_makes_room() -> None:
    box, _ = outbox(10)
    for n in range(1, 6):
        box.push("x" * 8)
        box.confirm(n)

    assert box.closing is None


def test_R4_what_was_taken_but_not_confirmed_counts() -> None:
    box, _ = outbox(10)
    box.push("x" * 8)
    box.take()
    box.push("x" * 8)

    assert box.closing is not None


def test_R4_a_backlog_is_measured_at_checkpoints() -> None:
    box, _ = outbox(3 * CHECKPOINT_CHARS)
    half = "x" * (CHECKPOINT_CHARS // 2)
    for _ in range(5):
        box.push(half)
    box.confirm(2)  # the first checkpoint
    for _ in range(3):
        box.push(half)

    assert box.closing is None
    box.push(half)
    assert box.closing is not None


@PROPERTY
@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 30)), max_size=30))
def test_R4_the_limit_holds_whatever_is_confirmed(steps: list[tuple[int, int]]) -> None:
    box, _ = outbox(200_000)
    sizes: list[int] = []
    confirmed = 0

    for size, received in steps:
        if box.closing is None:
            sizes.append(size)
        box.push("x" * size)
        if box.closing is not None:
            break
        confirmed = max(confirmed, min(received, len(sizes)))
        box.confirm(received)

    unread = sum(sizes[confirmed:])
    assert box.closing is not None or unread <= 200_000
    if box.closing is not None:  # never early by more than a checkpoint and a frame
        assert unread > 200_000 - CHECKPOINT_CHARS - 90_000


def test_the_first_close_wins_and_nothing_follows_it() -> None:
    box, woken = outbox()
    box.push("a")

    box.close(CLOSE_GOING_AWAY, "one")
    box.close(CLOSE_TOO_SLOW, "two")
    box.push("b")

    assert box.closing == Closing(CLOSE_GOING_AWAY, "one")
    assert box.take() == ["a"]
    assert woken == ["woken", "woken"]


def test_P4_a_session_is_who_its_author_is() -> None:
    ann = session()

    assert (ann.id, ann.client) == (ann.author.session, ann.author.client)
