"""The tests' own check of R1, J2 and J3 does notice what it is there for."""

import msgspec
import pytest

from boards.sync import protocol
from boards.sync.protocol import Author, Entry
from tests.support.seen import Broken, SeenEntries


def entry(seq: int, name: str = "", at: int = 0) -> str:
    by = Author(session="s", client="c")
    ops = msgspec.Raw(b"[]")
    return protocol.encode(Entry(seq, name or f"change-{seq}", at, by, ops))


def seen(*texts: str) -> SeenEntries:
    found = SeenEntries()
    for text in texts:
        found.take(text)
    return found


def test_entries_in_order_are_fine() -> None:
    assert seen(entry(1), entry(2), entry(3)).seq == 3


def test_R1_a_hole_is_noticed() -> None:
    with pytest.raises(Broken, match="R1: 3 came after 1: a hole"):
        seen(entry(1), entry(3))


def test_R1_an_entry_that_comes_twice_is_noticed() -> None:
    with pytest.raises(Broken, match="R1: 1 came twice"):
        seen(entry(1), entry(2), entry(1))


def test_J3_the_answer_to_a_change_sent_again_may_come_twice() -> None:
    found = seen(entry(1), entry(2))
    found.sent_again.add("change-1")

    found.take(entry(1))

    assert found.seq == 2


def test_J2_an_entry_that_changed_is_noticed() -> None:
    found = seen(entry(1), entry(2))
    found.sent_again.add("change-1")

    with pytest.raises(Broken, match="J2: entry 1"):
        found.take(entry(1, at=17))


def test_J3_a_change_with_two_entries_is_noticed() -> None:
    with pytest.raises(Broken, match="J3: a is 1 and 2"):
        seen(entry(1, "a"), entry(2, "a"))
