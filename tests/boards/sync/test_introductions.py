"""Who of a crowd is introduced: everybody while it is small, then whoever acts."""

import json
from typing import Any

import pytest

from boards.sync.introductions import Introductions
from boards.sync.presence import Delta, Presence
from boards.sync.protocol import Live, Peer
from tests.support.sync_values import live

CROWD, STAYS, MOST_NEW = 4, 3, 2


class Crowd:
    """A room's presence, and a client that believes what it is told."""

    def __init__(self) -> None:
        self.presence, self.introductions = (
            Presence(),
            Introductions(CROWD, STAYS, MOST_NEW),
        )
        self.known: set[str] = set()
        self.n_more = 0

    def join(self, *names: str) -> None:
        """Some come."""
        for name in names:
            self.presence.join(Peer(name, f"tab-{name}", name, "#000000", "edit"))

    def show(self, name: str, **fields: Any) -> None:
        """One does something."""
        doing: Live = live(**fields)
        self.presence.show(name, doing)

    def flush(self) -> Delta:
        """A pace goes by."""
        everything, _ = self.presence.take()
        told, n_more = self.introductions.told(everything, self.presence)
        self.known |= {peer.session for peer in told.join}
        self.known -= set(told.leave)
        self.n_more = self.n_more if n_more is None else n_more
        assert told.doing.keys() <= self.known
        listed, n_more = self.introductions.listed(self.presence)
        assert {peer["session"] for peer in json.loads(listed)} == self.known
        assert n_more == len(self.presence) - len(self.known)
        return told


@pytest.fixture
def crowd() -> Crowd:
    """Nobody yet."""
    return Crowd()


def test_P2_a_small_room_is_told_everything(crowd: Crowd) -> None:
    crowd.join("a", "b", "c", "d")
    crowd.show("a", view=[0, 0, 1, 1])

    told = crowd.flush()

    assert crowd.known == {"a", "b", "c", "d"}
    assert (list(told.doing), crowd.n_more) == (["a"], 0)


def test_P2_a_crowd_is_counted(crowd: Crowd) -> None:
    crowd.join(*"abcdefghij")

    crowd.flush()

    assert (crowd.known, crowd.n_more) == (set("abcd"), 6)


def test_P2_who_draws_is_introduced_and_who_only_looks_is_not(crowd: Crowd) -> None:
    crowd.join(*"abcdefghij")
    crowd.flush()
    for name in "ghi":
        crowd.show(name, view=[0, 0, 1, 1], tool="pen", cursor=None)
    crowd.show("i", cursor=[1, 2])
    crowd.show("j", draft=[{"op": "del", "id": "e"}])
    crowd.show("j", react={"emoji": "🔥", "x": 0, "y": 0})

    told = crowd.flush()

    assert [peer.session for peer in told.join] == ["j", "i"]
    assert told.join[0].draft is not None
    assert told.leave == ["a", "b"]
    assert [bool(doing.draft) for doing in told.doing.values()] == [False]
    assert crowd.known == set("cdij")


def test_P2_who_acted_last_stays(crowd: Crowd) -> None:
    crowd.join(*"abcdefghij")
    crowd.flush()
    crowd.show("a", cursor=[1, 2])
    crowd.flush()
    for name in "efg":
        crowd.show(name, cursor=[1, 2])

    crowd.flush()

    assert crowd.known == set("adef")  # two at once


def test_P2_all_who_draw_at_once_are_shown_and_stay(crowd: Crowd) -> None:
    names = "abcdefghij"
    crowd.join(*names)
    crowd.flush()
    n_introduced = 0
    for _ in range(20):
        for name in names:
            crowd.show(name, cursor=[1, 2])
        n_introduced += len(crowd.flush().join)

    assert crowd.known == set(names)
    assert n_introduced == len(names) - CROWD
    assert crowd.n_more == 0


def test_P2_who_has_long_done_nothing_makes_place(crowd: Crowd) -> None:
    crowd.join(*"abcdefghij")
    crowd.flush()
    for name in "abcd":
        crowd.show(name, cursor=[1, 2])
    crowd.flush()
    for _ in range(STAYS):
        crowd.show("a", cursor=[1, 2])
        crowd.flush()

    crowd.show("j", cursor=[1, 2])
    crowd.flush()

    assert crowd.known == set("acdj")


def test_P2_a_crowd_that_becomes_small_is_told_of_all(crowd: Crowd) -> None:
    crowd.join(*"abcdef")
    crowd.flush()
    crowd.presence.leave("a")
    crowd.flush()
    assert (crowd.known, crowd.n_more) == (set("bcd"), 2)
    crowd.presence.leave("f")

    crowd.flush()

    assert (crowd.known, crowd.n_more) == (set("bcde"), 0)


def test_P2_the_count_is_told_when_it_changed_notably(crowd: Crowd) -> None:
    crowd.join(*(f"p{n}" for n in range(104)))
    crowd.flush()
    counts = []
    for n in range(104, 124):
        crowd.join(f"p{n}")
        crowd.flush()
        counts.append(crowd.n_more)

    assert counts[0] == 100
    assert len(set(counts)) <= 4
    assert counts[-1] >= 114
