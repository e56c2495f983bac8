"""What processes announce: appended to what is known, whole only to whom lacks it."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from boards.sync.bus import Announcement, Moves, Publication
from boards.sync.engine import Engine
from boards.sync.presence import Delta, Presence
from boards.sync.protocol import Peer
from boards.sync.session import Session
from tests.support.engines import BOARD, Engines, settle
from tests.support.sync_values import live, peer

THERE = "there"
PEN = {"kind": "pen", "id": "e", "x": 0, "y": 0, "points": [0, 0]}


def pen(*points: float, **props: Any) -> dict[str, Any]:
    return {"op": "put", "element": {**PEN, "points": list(points), **props}}


def extend(offset: int, *points: float) -> dict[str, Any]:
    return {"id": "e", "offset": offset, "points": list(points)}


def as_json(value: Any) -> Any:
    return json.loads(msgspec.json.encode(value))


def copy_of(delta: Delta) -> Delta:
    """A delta as it comes out of a wire: nothing is shared."""
    return msgspec.json.decode(msgspec.json.encode(delta), type=Delta)


def draft_of(presence: Presence) -> Any:
    (one,) = presence.everyone()
    return as_json(one)["draft"]


def told_by(there: Presence) -> list[Peer]:
    """Its peers as they come out of a wire."""
    return copy_of(Delta(there.here())).join


def knowing() -> tuple[Presence, Presence]:
    """Somebody draws there, and it is known here up to number 1."""
    here, there = Presence(), Presence()
    there.join(peer("s"))
    there.show("s", live(draft=[pen(0, 0)]))
    there.take()
    here.hear_all(THERE, told_by(there), 0, 1)
    here.take()
    return here, there


def test_P2_an_announcement_appends_to_the_draft_that_is_known() -> None:
    here, there = knowing()
    there.show("s", live(extend=extend(1, 1, 1, 2, 2)))

    here.hear_all(THERE, told_by(there), 1, 2)

    told = as_json(here.take()[0].doing["s"])
    assert told == {"extend": extend(1, 1, 1, 2, 2), "cursor": [2, 2]}
    assert draft_of(here) == draft_of(there)


@pytest.mark.parametrize(
    "draft",
    [
        [pen(0, 0, 1, 1, width=9)],
        [pen(5, 5, 1, 1)],
        [pen(0, 0, 1, 1, pressure=[0.5, 0.5])],
        [pen(0, 0), pen(0, 0, id="q")],
        [{"op": "del", "id": "e"}],
        None,
    ],
    ids=["property", "points", "pressure", "second", "no stroke", "none"],
)
def test_P2_an_announcement_tells_a_draft_that_did_not_just_grow_whole(
    draft: Any,
) -> None:
    here, there = knowing()
    there.show("s", live(draft=draft))

    here.hear_all(THERE, told_by(there), 1, 2)

    assert as_json(here.take()[0].doing["s"]) == {"draft": draft}


def test_P2_an_announcement_of_what_is_known_is_not_looked_at() -> None:
    here, there = knowing()
    there.show("s", live(extend=extend(1, 1, 1)))

    here.hear_all(THERE, told_by(there), 1, 1)

    assert here.is_quiet  # what is under way comes with number 2


def test_P2_an_overtaken_announcement_takes_nothing_back() -> None:
    here, there = knowing()
    late = told_by(there)
    there.show("s", live(extend=extend(1, 1, 1)))
    here.hear(THERE, copy_of(there.take()[1]), 1, number=2, after=1)
    here.take()

    here.hear_all(THERE, late, 2, 1)

    assert here.is_quiet
    assert draft_of(here) == draft_of(there)


def test_P2_what_was_lost_of_a_process_is_lacked_until_it_announces() -> None:
    here, there = knowing()
    there.show("s", live(extend=extend(1, 1, 1)))
    there.take()
    there.show("s", live(extend=extend(2, 2, 2)))
    last = copy_of(there.take()[1])

    here.hear(THERE, last, 1, number=3, after=2)
    lacked = here.lacks(THERE)
    here.hear_all(THERE, told_by(there), 2, 3)

    assert (lacked, here.lacks(THERE)) == (True, False)
    assert draft_of(here) == draft_of(there)


def test_P2_a_delta_that_comes_twice_counts_once() -> None:
    here, there = knowing()
    there.show("s", live(react={"emoji": "👍", "x": 1, "y": 2}))
    delta = there.take()[1]

    for _ in range(2):
        here.hear(THERE, copy_of(delta), 1, number=2, after=1)
        told = here.take()[0]

    assert not told
    assert not here.lacks(THERE)


def test_P2_a_lost_last_delta_is_missed_when_the_process_says_how_far_it_is() -> None:
    here, _ = knowing()

    here.hear_of(THERE, 1, 1)
    lacked_before = here.lacks(THERE)
    here.hear_of(THERE, 2, 2)

    assert (lacked_before, here.lacks(THERE)) == (False, True)


def test_P3_a_process_that_is_forgotten_begins_anew() -> None:
    here, there = knowing()
    here.expire(40.0, 30.0)

    here.hear_all(THERE, told_by(there), 41, 1)

    assert [one.session for one in here.everyone()] == ["s"]
    assert not here.lacks(THERE)


# --- between engines ----------------------------------------------------------------


def announced(site: Engines) -> list[Announcement]:
    """The announcements that are published from now on, as they are published."""
    sent: list[Announcement] = []

    def noting(publish: Callable[[Publication], None]) -> Callable[[Publication], None]:
        def note(publication: Publication) -> None:
            if isinstance(publication, Announcement):
                sent.append(publication)
            publish(publication)

        return note

    for bus in site.buses.values():
        bus.publish = noting(bus.publish)  # type: ignore[assignment]
    return sent


async def drawn_across(
    site: Engines, here: Engine, there: Engine
) -> tuple[Session, Session]:
    """Ben draws there, Ann looks on here; what she was told so far is taken."""
    ben, ann = await site.join(there, "ben"), await site.join(here, "ann")
    there.show(ben, live(draft=[pen(0, 0)]))
    await site.move(1.0)
    ann.outbox.take()
    return ann, ben


def told_drafts(frames: list[str]) -> list[Any]:
    """The draft, or what was added to it, of each told piece."""
    doing = [
        doing
        for frame in map(json.loads, frames)
        if frame["type"] == "live"
        for doing in frame["peers"].values()
    ]
    return [one.get("draft") or one["extend"]["points"] for one in doing]


async def test_P2_an_announcement_resends_no_draft(site: Engines) -> None:
    """Every ten seconds all peers of a crowd were told all drafts whole, at once."""
    here, there = site.start(), site.start()
    ann, ben = await drawn_across(site, here, there)

    there.show(ben, live(extend=extend(1, 1, 1)))
    await there._rooms._announce_all()  # before the pacer has told it
    await site.move(1.0)
    there.show(ben, live(extend=extend(2, 2, 2)))
    await site.move(1.0)

    assert told_drafts(ann.outbox.take()) == [[1, 1], [2, 2]]


async def test_P2_who_is_there_is_announced_whole_to_whom_lacks_it(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    ann, ben = await drawn_across(site, here, there)
    there.show(ben, live(extend=extend(1, 1, 1)))
    await settle()
    site.exchange.parcels.clear()  # it is lost

    sent = announced(site)
    await site.move(11.0)

    assert told_drafts(ann.outbox.take()) == [[1, 1]]
    whole = [one for one in sent if not one.brief]
    assert [len(one.peers) for one in whole] == [1]


async def test_P2_while_nothing_is_lost_nobody_is_announced_by_name(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    await drawn_across(site, here, there)

    sent = announced(site)
    await site.move(100.0)

    assert len(sent) >= 18
    assert not any(one.peers for one in sent)
    assert site.peers(here) == site.peers(there) == {"ann", "ben"}


async def test_P2_an_older_process_is_announced_everybody(site: Engines) -> None:
    here, there = site.start(), site.start()
    await drawn_across(site, here, there)
    bus = site.buses[here]
    bus.publish(Announcement(BOARD, "older", [peer("old")], ask=True))
    await site.flow()

    sent = announced(site)
    await site.move(11.0)
    await site.move(11.0)

    assert sum(len(one.peers) for one in sent) >= 2
    assert site.peers(here) == {"ann", "ben", "old"}
    bus.publish(Moves(BOARD, "older", Delta(leave=["old"])))
    await site.flow()
    assert site.peers(here) == {"ann", "ben"}


async def test_P2_a_room_that_closed_and_opened_again_is_believed(
    site: Engines,
) -> None:
    here, there = site.start(), site.start()
    _, ben = await drawn_across(site, here, there)
    there.leave(ben)
    await site.move(40.0)
    assert not there._rooms.all()

    await site.join(there, "cleo")

    assert site.peers(here) == {"ann", "cleo"}
