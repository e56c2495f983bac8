"""Frames as bytes: what an independent reader of RFC 6455 makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from boards.sync.framing import Parcel, text_frame
from boards.sync.refusals import CLOSE_TOO_SLOW
from boards.sync.session import Outbox
from tests.support.sync_values import PROPERTY


def by_websockets(text: str) -> bytes:
    """The same frame by another library."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_is_what_the_standard_says_at_each_length(size: int) -> None:
    text = "x" * size

    assert text_frame(text) == by_websockets(text)


@PROPERTY
@given(st.lists(st.text(max_size=200), max_size=5))
def test_a_parcel_is_its_frames_and_counts_characters(texts: list[str]) -> None:
    parcel = Parcel(texts)

    assert parcel.data == b"".join(map(by_websockets, texts))
    assert parcel.n_chars == len("".join(texts))


def written(backlog: int = 0) -> tuple[Outbox, list[bytes], list[str]]:
    """An outbox with a frame writer, what it wrote, and how often it woke somebody."""
    frames: list[bytes] = []
    woken: list[str] = []

    def write(parcel: Parcel) -> int:
        frames.append(parcel.data)
        return backlog

    return Outbox(1_000, lambda: woken.append("woken"), write), frames, woken


def test_R1_a_frame_writer_gets_frames_at_once_and_in_order() -> None:
    box, frames, woken = written()
    shared = Parcel(["b", "c"])

    box.push("a")
    box.push_all(shared)

    assert frames == [text_frame("a"), text_frame("b") + text_frame("c")]
    assert frames[1] is shared.data  # made once
    assert box.take() == []
    assert woken == []


def test_R4_a_backlog_closes_as_too_slow_whatever_was_confirmed() -> None:
    box, frames, woken = written(backlog=1_001)

    box.push("a")
    box.confirm(10**9)
    box.push("b")

    assert box.closing is not None
    assert box.closing.code == CLOSE_TOO_SLOW
    assert (len(frames), woken) == (1, ["woken"])


def test_R4_what_is_unconfirmed_is_not_written_any_more() -> None:
    box, frames, _ = written()

    box.push("x" * 1_001)

    assert box.closing is not None
    assert frames == []
